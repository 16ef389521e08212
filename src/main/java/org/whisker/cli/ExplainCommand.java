package org.whisker.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.explain.Answer;
import org.whisker.explain.ExplainOptions;
import org.whisker.explain.Explanation;
import org.whisker.explain.Protocol;
import org.whisker.explain.Subject;
import org.whisker.network.Padding;
import org.whisker.report.ExplanationFiles;
import org.whisker.report.ExplanationPage;
import org.whisker.report.HtmlReport;
import org.whisker.torch.TorchClassifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code whisker explain}: the protocol and its report. */
@Command(
    name = "explain",
    description = {
      "Evolves black-pixel cats, measures where their pixels sit and why, writes a report.",
      "Without a model: both embedded classifiers, in less than ten minutes on two cores."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  whisker explain",
      "  whisker explain vgg16-mini --runs 20 --generations 300",
      "  whisker explain my-model --padding reflect --out my-report"
    })
final class ExplainCommand implements Callable<Integer> {
  private static final List<String> EMBEDDED = List.of("vgg16-mini", "inception-resnet-v2-mini");
  private static final int RUNS = 10;
  private static final int GENERATIONS = 220;

  private final Environment environment;

  @Parameters(
      paramLabel = "MODEL",
      arity = "0..*",
      description = "Models to explain. Default: both embedded ones.")
  private List<String> models = new ArrayList<>();

  @Option(
      names = "--padding",
      paramLabel = "MODE",
      defaultValue = "replicate",
      description =
          "What padding is swapped to: zero, reflect, replicate or circular. Default: replicate.")
  private String padding = "replicate";

  @Mixin private final RunOptions run = new RunOptions();
  @Mixin private final RunningOptions running = new RunningOptions();
  @Mixin private final CommonOptions common = new CommonOptions();

  ExplainCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    ExplainOptions options =
        UsageException.check(
            () -> ExplainOptions.quick(run.runs(RUNS), run.generations(GENERATIONS), run.seed()));
    Padding other = UsageException.check(() -> Padding.parse(padding));
    TorchClassifier.Settings settings = running.settings(options.batch());
    List<StoredModel> stored = open();
    if (!common.quiet()) {
      noteModules(stored);
    }
    Path folder =
        OutputFolder.create(
            run.out(), environment.home().reports(), "explain", environment.clock());
    List<Subject> subjects = stored.stream().map(m -> Subjects.of(m, other, settings)).toList();
    long begun = environment.clock().millis();
    try {
      Explanation explanation = explain(options, subjects, folder);
      Duration took = Duration.ofMillis(environment.clock().millis() - begun);
      write(folder, explanation, stored, settings, took);
      say(explanation, folder, took);
    } catch (CancellationException e) {
      environment.err().println("whisker: stopped; the models that were done are in " + folder);
    }
    return ExitCode.OK;
  }

  private void noteModules(List<StoredModel> stored) {
    for (StoredModel model : stored) {
      if (model.card().isModule()) {
        environment
            .err()
            .println(
                "whisker: the padding of "
                    + model.card().name()
                    + " is not swapped: it is a TorchScript module");
      }
    }
  }

  private Explanation explain(ExplainOptions options, List<Subject> subjects, Path folder) {
    try (ProtocolProgress progress = new ProtocolProgress(environment, common, folder)) {
      return new Protocol(options, progress, environment.interrupts().listen()).run(subjects);
    }
  }

  private List<StoredModel> open() throws IOException {
    List<StoredModel> stored = new ArrayList<>();
    ModelStore store = new ModelStore(environment.home().models());
    for (String name : models.isEmpty() ? EMBEDDED : models) {
      StoredModel model = ModelOption.open(store, name);
      if (stored.stream().anyMatch(m -> m.card().name().equals(model.card().name()))) {
        throw new UsageException("model " + model.card().name() + " is named twice; name it once");
      }
      stored.add(model);
    }
    return stored;
  }

  private void write(
      Path folder,
      Explanation e,
      List<StoredModel> stored,
      TorchClassifier.Settings settings,
      Duration took)
      throws IOException {
    ExplanationFiles.shared(folder, e);
    Map<String, Object> manifest = manifest(e.options(), stored, settings, took);
    JsonFile.write(folder.resolve("manifest.json"), manifest);
    Map<String, String> provenance = new LinkedHashMap<>();
    Provenance.flatten("", manifest, provenance);
    List<String> files =
        List.of("manifest.json", "findings.csv", "edge_index.csv", "operators.csv");
    HtmlReport.write(folder, ExplanationPage.of(e, provenance, files));
  }

  private Map<String, Object> manifest(
      ExplainOptions options,
      List<StoredModel> stored,
      TorchClassifier.Settings settings,
      Duration took) {
    Map<String, Object> manifest =
        Provenance.manifest("explain", environment, stored.get(0).card(), settings);
    manifest.remove("model");
    Map<String, String> hashes = new LinkedHashMap<>();
    stored.forEach(m -> hashes.put(m.card().name(), m.card().weights().sha256()));
    manifest.put("models_sha256", hashes);
    manifest.put("seed", options.seed());
    manifest.put("runs", options.runs());
    manifest.put("padding_swapped_to", padding);
    manifest.put("operator_runs", options.operatorRuns());
    manifest.put("operator_generations", options.operatorGenerations());
    manifest.put("equivalence_margin", options.margin());
    manifest.put("alpha", options.alpha());
    manifest.put("evolution", EvolutionManifest.of("quick", options.evolution()));
    manifest.put("seconds", took.toSeconds());
    return manifest;
  }

  private void say(Explanation e, Path folder, Duration took) {
    Answer.of(e).forEach(environment.out()::println);
    environment
        .out()
        .printf(
            Locale.ROOT,
            "%nThe report (%d min %d s): %s%n",
            took.toMinutes(),
            took.toSecondsPart(),
            folder.resolve("index.html"));
  }
}
