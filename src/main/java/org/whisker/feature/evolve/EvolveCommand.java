package org.whisker.feature.evolve;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.whisker.command.Command;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.JsonOption.Document;
import org.whisker.command.RecordCommand;
import org.whisker.command.RecordCommand.HelpOrder;
import org.whisker.command.RecordOptions;
import org.whisker.command.RecordedArguments;
import org.whisker.command.ResumableCommand.ResumeOption;
import org.whisker.command.TextTable;
import org.whisker.evolution.Objective.TargetClass;
import org.whisker.evolution.result.RunSummary;
import org.whisker.feature.evolve.EvolveJob.EvolveResult;
import org.whisker.feature.evolve.EvolveRunner.RunListener.RunListeners;
import org.whisker.feature.evolve.SingleRun.RunTiming;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;
import org.whisker.option.Option;
import org.whisker.option.OptionValue;
import org.whisker.value.Text;

/** {@code whisker evolve}: black-pixel cats by a genetic algorithm, or by one of its baselines. */
@Command(
    name = "evolve",
    description = {
      "Evolves images of black pixels on white that a classifier takes for a cat.",
      "Writes runs/N/ (generations.csv, best-history.csv, best.png, best.csv, filmstrip.png,"
          + " best.gif), summary.csv, manifest.json, and index.html, a page to look at them and to"
          + " replay how they grew; with --minimize also minimal.png and minimal.csv."
    },
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
      "The same weights with a border that no pixel is near to:",
      "  whisker evolve --model vgg16-mini --padding circular",
      "A dense cat, reduced to the pixels that it needs:",
      "  whisker evolve --model vgg16-mini --preset dense --minimize",
      "Continue an interrupted experiment:",
      "  whisker evolve --resume released"
    })
@HelpOrder(
    "--model --runs --generations --seed --out --time --preset --population --search"
        + " --pixels --probe-stride --temperature --elites --offspring --selection"
        + " --tournament --crossover --crossover-probability --mutation-probability"
        + " --mutation-rate-per --edits --edits-per-mutation --border --target-class"
        + " --lambda --fitness-scale --fitness-offset --target --stagnation"
        + " --max-evaluations --region --start --background --ink --minimize"
        + " --minimize-target --minimize-evaluations --device --precision --padding"
        + " --resume --checkpoint-every --checkpoint-seconds --format --width"
        + " --quiet --verbose")
public final class EvolveCommand extends RecordCommand<EvolveOptions> {
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

  private static final String RESUME =
      "Continue the experiment in DIR, however it ended, and retry failed runs. All else comes"
          + " from its manifest; the files are the same as without an interruption.";

  /** What changes no result. */
  record CheckpointOptions(
      @Option(
              names = "--checkpoint-every",
              label = "N",
              help = "Generations between checkpoints, if that is sooner.")
          OptionalInt every,
      @Option(
              names = "--checkpoint-seconds",
              label = "S",
              defaultValue = "60",
              help = "Seconds between checkpoints.")
          double seconds) {
    /**
     * The times at which checkpoints are due.
     *
     * @throws InvalidRequestException for impossible options
     */
    RunTiming timing() {
      return new RunTiming(every.orElse(Integer.MAX_VALUE), seconds, System::nanoTime);
    }
  }

  private final RecordOptions<CheckpointOptions> checkpoints =
      RecordOptions.of(CheckpointOptions.class);

  public EvolveCommand(Environment environment) {
    super(environment, EvolveOptions.class, Extra.OUT, Extra.RESUME, Extra.CHARTS, Extra.JSON);
  }

  @Override
  protected Map<String, String> headings() {
    return HEADINGS;
  }

  @Override
  protected List<RecordOptions<?>> others() {
    return List.of(checkpoints);
  }

  @Override
  protected Optional<String> helpOf(String option) {
    return option.equals(ResumeOption.NAME) ? Optional.of(RESUME) : Optional.empty();
  }

  @Override
  protected String missing(List<OptionValue> missing) {
    return RecordOptions.missing(missing) + " (or --resume=DIR)";
  }

  @Override
  public Integer call() throws IOException {
    JobContext context = context();
    EvolveJob job = new EvolveJob(context, read(checkpoints).timing(), RunListeners.of(context));
    return run(
        job,
        () -> config(options -> options.config(environment().home())),
        this::say,
        result -> Optional.of(result.folder()),
        folder -> Document.of(folder, RunSummary.TABLE));
  }

  /**
   * What options ask for.
   *
   * @throws InvalidRequestException for options that there are not
   */
  public static EvolveConfig config(List<String> options, Environment environment)
      throws IOException {
    EvolveCommand command = new EvolveCommand(environment);
    RecordedArguments.parseAsked(command, "evolve", options);
    return command.config(asked -> asked.config(environment.home()));
  }

  /** The job looks itself which runs are as they were written. */
  @Override
  protected boolean isWhole(Path folder) {
    return false;
  }

  private int say(EvolveResult result) throws IOException {
    if (EvolvePage.isFor(result.folder())) {
      EvolvePage.write(result.folder());
    }
    EvolveTable table = new EvolveTable(result.plan());
    environment().out().print(table.of(result.runs()));
    environment().out().println(table.summary(result.runs()) + "; written to " + result.folder());
    if (result.status().equals("stopped")) {
      environment()
          .err()
          .println("whisker: stopped; go on with: whisker evolve --resume " + result.folder());
    }
    return result.status().equals("failed") ? ExitCode.FAILURE : ExitCode.OK;
  }

  /** The runs of an experiment for the terminal: a table, and a line of what they came to. */
  static final class EvolveTable {
    private static final double EVEN = 0.5;

    private final TargetClass wanted;
    private final OptionalDouble minimized;

    EvolveTable(EvolvePlan plan) {
      this.wanted = plan.options().objective().target();
      this.minimized = plan.extras().minimized();
    }

    String of(List<RunSummary> runs) {
      List<List<String>> rows = new ArrayList<>();
      List<String> header =
          List.of("RUN", "SEED", "P(TARGET)", "PIXELS", "E", "GENERATIONS", "SCORED", "ENDED BY");
      rows.add(with(header, "MINIMAL", "ITS E"));
      for (RunSummary run : runs) {
        RunSummary.Minimal m = run.minimal();
        rows.add(
            with(
                row(run),
                m == null ? "-" : Integer.toString(m.blackPixels()),
                m == null ? "-" : index(m.edgeIndex())));
      }
      return TextTable.of(rows);
    }

    /** The row with more cells where images are minimized. */
    private List<String> with(List<String> row, String... more) {
      List<String> all = new ArrayList<>(row);
      all.addAll(minimized.isPresent() ? List.of(more) : List.of());
      return all;
    }

    private static List<String> row(RunSummary run) {
      String number = Integer.toString(run.run());
      String seed = Long.toString(run.seed());
      RunSummary.Numbers r = run.result();
      if (r == null) {
        return List.of(number, seed, "-", "-", "-", "-", "-", run.ending());
      }
      return List.of(
          number,
          seed,
          Text.of("%.4f", r.catProbability()),
          Integer.toString(r.blackPixels()),
          index(r.edgeIndex()),
          Integer.toString(r.generations()),
          Long.toString(r.evaluations()),
          run.ending());
    }

    private static String index(OptionalDouble edgeIndex) {
      return Text.number("%.3f", edgeIndex, "-");
    }

    /** How many images are more of what was wanted than not, and how many were minimized. */
    String summary(List<RunSummary> runs) {
      String name = "p(" + wanted.label().replace("cat", "target") + ")";
      String reached = Text.of("%d of %d runs reached %s 0.5", crossed(runs), runs.size(), name);
      if (minimized.isEmpty()) {
        return reached;
      }
      long minimal = runs.stream().filter(run -> run.minimal() != null).count();
      return reached + Text.of(", %d minimized at %s %s", minimal, name, minimized.getAsDouble());
    }

    private long crossed(List<RunSummary> runs) {
      return runs.stream()
          .map(RunSummary::result)
          .filter(r -> r != null && wanted.probability(r.logit()) >= EVEN)
          .count();
    }
  }
}
