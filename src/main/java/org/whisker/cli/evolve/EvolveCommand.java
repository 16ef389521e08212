package org.whisker.cli.evolve;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.cli.shared.CommonOptions;
import org.whisker.cli.shared.Environment;
import org.whisker.cli.shared.ExitCode;
import org.whisker.cli.shared.HelpSections;
import org.whisker.cli.shared.RecordedArguments;
import org.whisker.cli.shared.RunOptions;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.io.FolderLock;
import org.whisker.study.JobContext;
import org.whisker.study.Models;
import org.whisker.study.OutputFolder;
import org.whisker.study.evolve.EvolvePlan;
import org.whisker.study.evolve.EvolveRunner;
import org.whisker.study.evolve.Experiment;
import org.whisker.study.evolve.ExperimentManifest;
import org.whisker.study.evolve.RunTiming;
import org.whisker.study.evolve.SearchScoring;
import org.whisker.study.evolve.SearchWorkers;
import org.whisker.table.RunSummary;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code whisker evolve}: black-pixel cats by a genetic algorithm, or by one of its baselines. */
@Command(
    name = "evolve",
    description = {
      "Evolves images of black pixels on white that a classifier takes for a cat.",
      "Writes runs/N/ (generations.csv, best-history.csv, best.png, best.csv, filmstrip.png,"
          + " best.gif), summary.csv and manifest.json; with --minimize also minimal.png and"
          + " minimal.csv, with --trace trace.csv."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  whisker evolve --model vgg16-mini --runs 5 --crossover columns",
      "The original experiment, pixels confined to the centre at first, then released:",
      "  whisker evolve --model vgg16-mini --preset question --generations 6000 \\",
      "      --region center:0.5@0..3000 --out released",
      "The genetic algorithm and a baseline at equal budget, 10,000 images:",
      "  whisker evolve --model vgg16-mini --target 0 --max-evaluations 10000",
      "  whisker evolve --model vgg16-mini --target 0 --search annealing",
      "A dense cat, reduced to the pixels that it needs:",
      "  whisker evolve --model vgg16-mini --preset dense --minimize",
      "Continue an interrupted experiment:",
      "  whisker evolve --resume released"
    })
public final class EvolveCommand implements Callable<Integer> {
  private static final int DEFAULT_RUNS = 3;
  private static final Map<String, String> HEADINGS =
      Map.of(
          "--model", "What to do:",
          "--preset", "Search (defaults come from the preset):",
          "--elites", "Only the genetic algorithm:",
          "--mutation-probability", "Mutation (genetic and annealing):",
          "--target-class", "Fitness and stopping criteria:",
          "--region", "Region, starting images and gray levels:",
          "--minimize", "Additional steps and output:",
          "--device", "Execution, checkpoints and display:");

  private final Environment environment;
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "The classifier: the name of a folder in models/, or the path of one.")
  private @Nullable String model;

  @Mixin private final RunOptions run = new RunOptions();
  @Mixin private final TimeLimit time = new TimeLimit();
  @Mixin private final SearchOptions search = new SearchOptions();
  @Mixin private final ExtraOptions extras = new ExtraOptions();
  @Mixin private final SearchScoringOptions scoring = new SearchScoringOptions();
  @Mixin private final CheckpointOptions checkpoints = new CheckpointOptions();
  @Mixin private final CommonOptions common = new CommonOptions();

  public EvolveCommand(Environment environment) {
    this.environment = environment;
  }

  @Spec
  void setSpec(CommandSpec spec) {
    this.spec = spec;
    HelpSections.put(spec, HEADINGS);
  }

  @Override
  public Integer call() throws IOException {
    RunTiming timing = checkpoints.timing();
    return checkpoints.resume().isPresent()
        ? resume(checkpoints.resume().get(), timing)
        : begin(timing);
  }

  private int begin(RunTiming timing) throws IOException {
    List<String> arguments = RecordedArguments.of(spec.commandLine().getParseResult());
    Experiment experiment =
        experiment(
            arguments,
            (stored, population) ->
                scoring.of(stored, population, System::nanoTime, this::measured));
    String stem = "evolve-" + experiment.model().card().name();
    Path folder =
        OutputFolder.create(run.out(), environment.home().analyses(), stem, environment.clock());
    return FolderLock.holding(
        folder,
        () ->
            run(folder, experiment, ExperimentManifest.of(folder, experiment, context()), timing));
  }

  private int resume(Path folder, RunTiming timing) throws IOException {
    // before a lock is left in a folder of something else
    ExperimentManifest manifest = ExperimentManifest.read(folder);
    RecordedArguments.refuseOthers(spec.commandLine().getParseResult(), manifest.arguments());
    return FolderLock.holding(folder, () -> goOn(folder, timing));
  }

  private int goOn(Path folder, RunTiming timing) throws IOException {
    ExperimentManifest manifest = ExperimentManifest.read(folder);
    EvolveCommand begun = new EvolveCommand(environment);
    RecordedArguments.parse(new CommandLine(begun), manifest.arguments(), folder);
    Experiment experiment =
        begun.experiment(
            manifest.arguments(),
            (stored, population) -> begun.scoring.recorded(manifest.precision(), manifest.batch()));
    manifest.check(ExperimentManifest.of(folder, experiment, context()), this::note);
    return run(folder, experiment, manifest, timing);
  }

  /** Settles how a model's pictures, so many a generation, are scored. */
  private interface Scored {
    SearchScoring of(StoredModel model, int population) throws IOException;
  }

  private Experiment experiment(List<String> arguments, Scored scored) throws IOException {
    if (model == null) {
      throw new ParameterException(
          spec.commandLine(), "Missing required option: '--model=NAME' (or --resume=DIR)");
    }
    EvolutionOptions anywhere = search.options(run);
    scoring.check();
    StoredModel stored = Models.open(new ModelStore(environment.home().models()), model);
    EvolutionOptions options = search.on(stored.card(), anywhere);
    EvolvePlan plan =
        new EvolvePlan(options, run.seed(), run.runs(DEFAULT_RUNS), time.get(), extras.of(options));
    SearchScoring how = scored.of(stored, options.method().population());
    return new Experiment(stored, how, plan, search.preset(), arguments);
  }

  private int run(Path folder, Experiment experiment, ExperimentManifest manifest, RunTiming timing)
      throws IOException {
    EvolveRunner runner = new EvolveRunner(folder, experiment.plan());
    if (runner.isPending()) {
      manifest.write("running");
      BooleanSupplier stopped = environment.interrupts().listen();
      String status = "failed";
      try (SearchWorkers workers =
          SearchWorkers.open(experiment, () -> display(experiment), timing, stopped)) {
        runner.run(workers.runs(), workers.listener(), stopped);
        status = runner.status();
      } finally {
        manifest.write(status);
      }
    } else {
      runner.tidy();
      manifest.write(runner.status());
    }
    return report(runner, experiment.plan(), folder);
  }

  private JobContext context() {
    return environment.context(common);
  }

  /** Several bars would write over each other. */
  private RunDisplay display(Experiment experiment) {
    boolean single = experiment.scoring().all().size() == 1;
    Environment shown = single ? environment : environment.withoutBars();
    return new RunDisplay(shown, common, checkpoints.preview(), System::nanoTime);
  }

  private void note(String line) {
    environment.err().println("whisker: " + line);
  }

  private void measured(String line) {
    if (!common.quiet()) {
      note(line);
    }
  }

  private int report(EvolveRunner runner, EvolvePlan plan, Path folder) {
    List<RunSummary> runs = runner.summaries();
    EvolveTable table = new EvolveTable(plan);
    environment.out().print(table.of(runs));
    environment.out().println(table.summary(runs) + "; written to " + folder);
    if (runner.status().equals("stopped")) {
      note("stopped; go on with: whisker evolve --resume " + folder);
    }
    return runner.status().equals("failed") ? ExitCode.FAILURE : ExitCode.OK;
  }
}
