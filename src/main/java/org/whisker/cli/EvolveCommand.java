package org.whisker.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.LogitSource;
import org.whisker.report.RunSummary;
import org.whisker.torch.Classifiers;
import org.whisker.torch.TorchClassifier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code whisker evolve}: black-pixel cats by a genetic algorithm. */
@Command(
    name = "evolve",
    description = {
      "Evolves images of black pixels on white that a classifier takes for a cat.",
      "Writes runs/N/ (generations.csv, best-history.csv, best.png, best.csv, filmstrip.png,"
          + " best.gif), summary.csv and manifest.json."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  whisker evolve --model vgg16-mini",
      "  whisker evolve --model vgg16-mini --runs 5 --crossover columns --lambda 0.001",
      "  whisker evolve --model inception-resnet-v2-mini --preset question --out my-run",
      "  whisker evolve --resume my-run"
    })
final class EvolveCommand implements Callable<Integer> {
  private static final int DEFAULT_RUNS = 3;

  private final Environment environment;
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "The classifier: the name of a folder in models/, or the path of one.")
  private @Nullable String model;

  @Mixin private final SearchOptions search = new SearchOptions();
  @Mixin private final RunOptions run = new RunOptions();
  @Mixin private final TimeLimit time = new TimeLimit();
  @Mixin private final RunningOptions running = new RunningOptions();
  @Mixin private final CheckpointOptions checkpoints = new CheckpointOptions();
  @Mixin private final CommonOptions common = new CommonOptions();

  EvolveCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    checkpoints.check();
    return checkpoints.resume().isPresent() ? resume(checkpoints.resume().get()) : begin();
  }

  private int begin() throws IOException {
    Experiment experiment = experiment(RecordedArguments.of(spec.commandLine().getParseResult()));
    String stem = "evolve-" + experiment.model().card().name();
    Path folder =
        OutputFolder.create(run.out(), environment.home().analyses(), stem, environment.clock());
    return FolderLock.holding(
        folder,
        () -> run(folder, experiment, ExperimentManifest.of(folder, experiment, environment)));
  }

  private int resume(Path folder) throws IOException {
    // before a lock is left in a folder of something else
    ExperimentManifest manifest = ExperimentManifest.read(folder);
    RecordedArguments.refuseOthers(spec.commandLine().getParseResult(), manifest.arguments());
    return FolderLock.holding(folder, () -> goOn(folder));
  }

  private int goOn(Path folder) throws IOException {
    ExperimentManifest manifest = ExperimentManifest.read(folder);
    EvolveCommand begun = new EvolveCommand(environment);
    RecordedArguments.parse(new CommandLine(begun), manifest.arguments(), folder);
    Experiment experiment = begun.experiment(manifest.arguments());
    manifest.check(ExperimentManifest.of(folder, experiment, environment), this::note);
    return run(folder, experiment, manifest);
  }

  private Experiment experiment(List<String> arguments) throws IOException {
    if (model == null) {
      throw new ParameterException(
          spec.commandLine(), "Missing required option: '--model=NAME' (or --resume=DIR)");
    }
    EvolutionOptions anywhere = search.options(run);
    TorchClassifier.Settings settings = running.settings(anywhere.method().population());
    StoredModel stored = ModelOption.open(new ModelStore(environment.home().models()), model);
    EvolutionOptions options = search.on(stored.card(), anywhere);
    EvolvePlan plan = new EvolvePlan(options, run.seed(), run.runs(DEFAULT_RUNS), time.get());
    return new Experiment(stored, settings, plan, search.preset(), arguments);
  }

  private int run(Path folder, Experiment experiment, ExperimentManifest manifest)
      throws IOException {
    EvolveRunner runner = new EvolveRunner(folder, experiment.plan());
    if (runner.isPending()) {
      manifest.write("running");
      BooleanSupplier stopped = environment.interrupts().listen();
      String status = "failed";
      try (TorchClassifier classifier =
          Classifiers.open(experiment.model(), experiment.settings())) {
        LogitSource source =
            LogitSource.of(
                classifier, experiment.settings().batch(), experiment.plan().options().tones());
        RunDisplay display = new RunDisplay(environment, common, checkpoints, System::nanoTime);
        runner.run(classifier.canvas(), source, display, stopped);
        status = runner.status();
      } finally {
        manifest.write(status);
      }
    } else {
      runner.tidy();
      manifest.write(runner.status());
    }
    return report(runner, folder);
  }

  private void note(String line) {
    environment.err().println("whisker: " + line);
  }

  private int report(EvolveRunner runner, Path folder) {
    List<RunSummary> runs = runner.summaries();
    environment.out().print(EvolveTable.of(runs));
    environment
        .out()
        .printf(
            Locale.ROOT,
            "%d of %d runs reached p(cat) 0.5; written to %s%n",
            EvolveTable.crossed(runs),
            runs.size(),
            folder);
    if (runner.status().equals("stopped")) {
      note("stopped; go on with: whisker evolve --resume " + folder);
    }
    return runner.status().equals("failed") ? ExitCode.FAILURE : ExitCode.OK;
  }
}
