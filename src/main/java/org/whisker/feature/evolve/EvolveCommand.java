package org.whisker.feature.evolve;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.command.ChartOptions;
import org.whisker.command.CommonOptions;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.HelpSections;
import org.whisker.command.ModelNames;
import org.whisker.command.RecordedArguments;
import org.whisker.command.ResumeOption;
import org.whisker.command.RunOptions;
import org.whisker.command.SearchScoringOptions;
import org.whisker.evolution.Evolution.GenerationStats;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.feature.evolve.EvolveJob.EvolveResult;
import org.whisker.feature.evolve.EvolvePlan.EvolveExtras;
import org.whisker.feature.evolve.Preview.BestPreview;
import org.whisker.feature.evolve.RunListener.RunListeners;
import org.whisker.image.BlackPixels;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;
import org.whisker.job.ModelConfig.Models;
import org.whisker.job.ScoringConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code whisker evolve}: black-pixel cats by a genetic algorithm, or by one of its baselines. */
@Command(
    name = "evolve",
    description = {
      "Evolves images of black pixels on white that a classifier takes for a cat.",
      "Writes runs/N/ (generations.csv, best-history.csv, best.png, best.csv, filmstrip.png,"
          + " best.gif), summary.csv, manifest.json, and index.html, a page to look at them and to"
          + " replay how they grew; with --minimize also minimal.png and minimal.csv, with --trace"
          + " trace.csv."
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
      "The same weights with a border that no pixel is near to:",
      "  whisker evolve --model vgg16-mini --padding circular",
      "A dense cat, reduced to the pixels that it needs:",
      "  whisker evolve --model vgg16-mini --preset dense --minimize",
      "Continue an interrupted experiment:",
      "  whisker evolve --resume released"
    })
public final class EvolveCommand implements Callable<Integer> {
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
      completionCandidates = ModelNames.class,
      paramLabel = "NAME",
      description = "The classifier: the name of a folder in models/, or the path of one.")
  private @Nullable String model;

  @Mixin private final RunOptions run = new RunOptions();
  @Mixin private final TimeLimit time = new TimeLimit();
  @Mixin private final SearchOptions search = new SearchOptions();
  @Mixin private final ExtraOptions extras = new ExtraOptions();
  @Mixin private final SearchScoringOptions scoring = new SearchScoringOptions();
  @Mixin private final CheckpointOptions checkpoints = new CheckpointOptions();
  @Mixin private final ChartOptions charts = new ChartOptions();
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
    RunDisplays displays =
        new RunDisplays(environment, common, checkpoints.preview(), System::nanoTime);
    EvolveJob job =
        new EvolveJob(environment.context(common, charts), checkpoints.timing(), displays);
    ParseResult parsed = spec.commandLine().getParseResult();
    if (checkpoints.resume().isPresent()) {
      Path folder = checkpoints.resume().get();
      ResumeOption.open(folder, "evolve", parsed);
      return report(job.resume(folder));
    }
    Request request = request();
    return report(
        job.run(request.config(), request.model(), RecordedArguments.of(parsed), run.out()));
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
    return command.request().config();
  }

  /** What is asked for, and the model, which is open. */
  private record Request(EvolveConfig config, StoredModel model) {}

  private Request request() throws IOException {
    if (model == null) {
      throw new ParameterException(
          spec.commandLine(), "Missing required option: '--model=NAME' (or --resume=DIR)");
    }
    EvolutionOptions anywhere = search.options(run);
    ScoringConfig how = scoring.config();
    StoredModel stored = Models.open(new ModelStore(environment.home().models()), model);
    EvolutionOptions options = search.on(stored.card(), anywhere);
    int runs = run.runs(EvolveConfig.RUNS);
    EvolvePlan plan =
        InvalidRequestException.check(
            () -> new EvolvePlan(options, run.seed(), runs, time.get(), extras.of(options)));
    return new Request(new EvolveConfig(model, Optional.of(search.preset()), plan, how), stored);
  }

  private int report(EvolveResult result) throws IOException {
    if (EvolvePage.isFor(result.folder())) {
      EvolvePage.write(result.folder());
    }
    EvolveTable table = new EvolveTable(result.plan());
    environment.out().print(table.of(result.runs()));
    environment.out().println(table.summary(result.runs()) + "; written to " + result.folder());
    if (result.status().equals("stopped")) {
      environment
          .err()
          .println("whisker: stopped; go on with: whisker evolve --resume " + result.folder());
    }
    return result.status().equals("failed") ? ExitCode.FAILURE : ExitCode.OK;
  }

  /**
   * Shows how runs go: their progress and a small picture, one of each however many go together.
   *
   * @param previewed whether the picture is wanted
   */
  record RunDisplays(
      Environment environment, CommonOptions common, boolean previewed, LongSupplier nanoTime)
      implements RunListeners {
    @Override
    public Supplier<RunListener> begin(EvolvePlan plan, int left, int together) {
      JobContext context = environment.context(common);
      Supplier<? extends RunListener> progress =
          RunListeners.of(context).begin(plan, left, together);
      if (!previewed || common.quiet() || !Preview.possible(environment)) {
        return progress::get;
      }
      BestPreview preview = new BestPreview(new Preview(environment.err(), nanoTime));
      return () -> new RunDisplay(progress.get(), preview.lane());
    }
  }

  /** How long a run may take. */
  private static final class TimeLimit {
    private static final Pattern FORM = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,6})?)(ms|s|m|h)");

    @Option(
        names = "--time",
        paramLabel = "T",
        description = "Stop a run after this time, such as 90s, 10m or 2h.")
    private @Nullable String time;

    /**
     * The limit, if there is one.
     *
     * @throws InvalidRequestException for what is no time, or none at all
     */
    Optional<Duration> get() {
      return time == null ? Optional.empty() : Optional.of(parse(time));
    }

    static Duration parse(String text) {
      Matcher form = FORM.matcher(text);
      if (!form.matches()) {
        throw new InvalidRequestException("--time must be like 90s, 10m or 2h, was '" + text + "'");
      }
      double seconds =
          Double.parseDouble(form.group(1))
              * switch (form.group(2)) {
                case "ms" -> 0.001;
                case "m" -> 60;
                case "h" -> 3600;
                default -> 1;
              };
      if (!(seconds > 0)) {
        throw new InvalidRequestException("--time must be above 0, was '" + text + "'");
      }
      return Duration.ofNanos(Math.round(seconds * 1e9));
    }
  }

  /** How an experiment that was cut short is gone on with. */
  private static final class CheckpointOptions {
    @Option(
        names = "--resume",
        paramLabel = "DIR",
        description = {
          "Continue the experiment in DIR, however it ended, and retry failed runs. All else comes"
              + " from its manifest; the files are the same as without an interruption."
        })
    private @Nullable Path resume;

    @Option(
        names = "--checkpoint-every",
        paramLabel = "N",
        defaultValue = "100",
        description = "Generations between checkpoints. Default: 100.")
    private int every = 100;

    @Option(
        names = "--checkpoint-seconds",
        paramLabel = "S",
        defaultValue = "30",
        description = "Seconds between checkpoints, if that is sooner. Default: 30.")
    private double seconds = 30;

    @Option(names = "--no-preview", description = "Show no small picture of the best image.")
    private boolean noPreview;

    Optional<Path> resume() {
      return Optional.ofNullable(resume);
    }

    boolean preview() {
      return !noPreview;
    }

    /**
     * When checkpoints are due.
     *
     * @throws InvalidRequestException for what can't be
     */
    RunTiming timing() {
      return new RunTiming(every, seconds, System::nanoTime);
    }
  }

  /** What is wanted of each run beyond the search itself. */
  private static final class ExtraOptions {
    private static final long MINIMIZE_BUDGET = 100_000; // a minute or two on a small network

    @Option(
        names = "--minimize",
        description =
            "After each run, remove pixels from its best image until none can be spared, and look"
                + " for pixels whose addition allows more removals; writes minimal.png,"
                + " minimal.csv, and four columns in summary.csv. Scores images beyond the search's"
                + " own budget.")
    private boolean minimize;

    @Option(
        names = "--minimize-target",
        paramLabel = "P",
        description =
            "The p(target class) that must be kept; an image below it is left unchanged. Default:"
                + " the run's --target, or 0.5 if it has none.")
    private @Nullable Double minimizeTarget;

    @Option(
        names = "--minimize-evaluations",
        paramLabel = "N",
        description =
            "Images to score, beyond those that removals need, to find pixels whose addition allows"
                + " more removals. More of them find smaller images; 0 only removes. Default:"
                + " 100000.")
    private @Nullable Long minimizeBudget;

    @Option(
        names = "--trace",
        description =
            "Write trace.csv, one row for each child (its parents, crossover, edits) and for each"
                + " slot of the next population:"
                + " generation,event,index,parent,mate,crossover,crossover_drawn,edits,previous,child."
                + " Large.")
    private boolean trace;

    /**
     * These for a search.
     *
     * @throws InvalidRequestException for what can't be
     */
    EvolveExtras of(EvolutionOptions options) {
      InvalidRequestException.refuse(
          minimizeTarget != null && !minimize,
          "--minimize-target " + minimizeTarget + " needs --minimize");
      InvalidRequestException.refuse(
          minimizeBudget != null && !minimize,
          "--minimize-evaluations " + minimizeBudget + " needs --minimize");
      InvalidRequestException.refuse(
          trace && !options.method().label().equals(MethodOptions.GENETIC),
          "--trace is for --search genetic; " + options.method().label() + " has no parents");
      double target = minimizeTarget == null ? EvolveExtras.usualTarget(options) : minimizeTarget;
      long budget = minimizeBudget == null ? MINIMIZE_BUDGET : minimizeBudget;
      return InvalidRequestException.check(
          () ->
              new EvolveExtras(
                  minimize ? OptionalDouble.of(target) : OptionalDouble.empty(), budget, trace));
    }
  }

  /**
   * Shows how a run goes: its progress, and while it searches a small picture of the best image.
   */
  private record RunDisplay(RunListener progress, BestPreview.Lane preview) implements RunListener {
    @Override
    public void note(String line) {
      progress.note(line);
    }

    @Override
    public void begin(int run, EvolvePlan plan) {
      progress.begin(run, plan);
    }

    @Override
    public void show(GenerationStats stats, BlackPixels best) {
      progress.show(stats, best);
      preview.show(stats.bestCatProbability(), best);
    }

    @Override
    public void minimizing(int run, EvolvePlan plan, int pixels) {
      preview.end();
      progress.minimizing(run, plan, pixels);
    }

    @Override
    public void left(int pixels) {
      progress.left(pixels);
    }

    @Override
    public void end() {
      preview.end();
      progress.end();
    }

    @Override
    public void tablesWritten(Path folder) throws IOException {
      progress.tablesWritten(folder);
    }
  }
}
