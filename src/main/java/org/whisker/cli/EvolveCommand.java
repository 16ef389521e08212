package org.whisker.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.whisker.classifier.StoredModel;
import org.whisker.evolution.Evolution;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.GenerationStats;
import org.whisker.evolution.RunResult;
import org.whisker.report.CsvWriter;
import org.whisker.report.EvolutionFiles;
import org.whisker.torch.Classifiers;
import org.whisker.torch.TorchClassifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code whisker evolve}: black-pixel cats by a genetic algorithm. */
@Command(
    name = "evolve",
    description = {
      "Evolves images of black pixels on white that a classifier takes for a cat.",
      "Writes runs/N/ (generations.csv, best.png, best.csv), summary.csv and manifest.json."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  whisker evolve --model vgg16-mini",
      "  whisker evolve --model vgg16-mini --runs 5 --crossover columns --lambda 0.001",
      "  whisker evolve --model inception-resnet-v2-mini --preset question --out my-run"
    })
final class EvolveCommand implements Callable<Integer> {
  private static final int DEFAULT_RUNS = 3;
  private static final double CAT = 0.5;

  private final Environment environment;
  @Mixin private final ModelOption model = new ModelOption();
  @Mixin private final SearchOptions search = new SearchOptions();
  @Mixin private final RunOptions run = new RunOptions();
  @Mixin private final RunningOptions running = new RunningOptions();
  @Mixin private final CommonOptions common = new CommonOptions();

  EvolveCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    EvolutionOptions options = search.options(run);
    int runs = run.runs(DEFAULT_RUNS);
    TorchClassifier.Settings settings = running.settings(options.method().population());
    StoredModel stored = model.open(environment.home());
    String stem = "evolve-" + stored.card().name();
    Path folder =
        OutputFolder.create(run.out(), environment.home().analyses(), stem, environment.clock());
    JsonFile.write(folder.resolve("manifest.json"), manifest(stored, settings, options, "running"));
    BooleanSupplier stopped = environment.interrupts().listen();
    List<RunResult> results = new ArrayList<>();
    try (TorchClassifier classifier = Classifiers.open(stored, settings)) {
      Evolution evolution = Evolution.of(options, classifier, options.method().population());
      for (int k = 1; k <= runs && !stopped.getAsBoolean(); k++) {
        results.add(one(evolution, options, k, runs, folder, stopped));
      }
    }
    EvolutionFiles.summary(folder.resolve("summary.csv"), results);
    String status = stopped.getAsBoolean() ? "stopped" : "done";
    JsonFile.write(folder.resolve("manifest.json"), manifest(stored, settings, options, status));
    report(results, folder);
    return ExitCode.OK;
  }

  private RunResult one(
      Evolution evolution,
      EvolutionOptions options,
      int k,
      int runs,
      Path folder,
      BooleanSupplier stopped)
      throws IOException {
    Path own = folder.resolve("runs").resolve(Integer.toString(k));
    String task = "run " + k + "/" + runs;
    try (CsvWriter csv = EvolutionFiles.generations(own.resolve("generations.csv"));
        Progress progress =
            Progress.start(environment, common, task, options.stop().generations())) {
      RunResult result =
          evolution.run(
              run.seed() + k - 1,
              (stats, best) -> {
                write(csv, stats);
                progress.extraMessage(stats.inBrief());
                progress.stepTo(stats.generation());
                return !stopped.getAsBoolean();
              });
      csv.finish();
      EvolutionFiles.best(own, result.best().genome());
      return result;
    }
  }

  private static void write(CsvWriter csv, GenerationStats stats) {
    try {
      EvolutionFiles.row(csv, stats);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String index(OptionalDouble edgeIndex) {
    return edgeIndex.isPresent()
        ? String.format(Locale.ROOT, "%.3f", edgeIndex.getAsDouble())
        : "-";
  }

  private Map<String, Object> manifest(
      StoredModel stored,
      TorchClassifier.Settings settings,
      EvolutionOptions options,
      String status) {
    Map<String, Object> manifest =
        Provenance.manifest("evolve", environment, stored.card(), settings);
    manifest.put("status", status);
    manifest.put("seed", run.seed());
    manifest.put("runs", run.runs(DEFAULT_RUNS));
    manifest.put("evolution", EvolutionManifest.of(search.preset(), options));
    return manifest;
  }

  private void report(List<RunResult> results, Path folder) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("RUN", "SEED", "P(CAT)", "PIXELS", "E", "GENERATIONS", "SCORED", "ENDED BY"));
    for (int i = 0; i < results.size(); i++) {
      RunResult r = results.get(i);
      rows.add(
          List.of(
              Integer.toString(i + 1),
              Long.toString(r.seed()),
              String.format(Locale.ROOT, "%.4f", r.catProbability()),
              Integer.toString(r.blackPixels()),
              index(r.edgeIndex()),
              Integer.toString(r.generations()),
              Long.toString(r.evaluations()),
              r.ending().name().toLowerCase(Locale.ROOT)));
    }
    environment.out().print(TextTable.of(rows));
    long crossed = results.stream().filter(r -> r.crossed(CAT)).count();
    environment
        .out()
        .printf(
            Locale.ROOT,
            "%d of %d runs reached p(cat) 0.5; written to %s%n",
            crossed,
            results.size(),
            folder);
  }
}
