package org.whisker.feature.ablate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.whisker.command.ChartOptions;
import org.whisker.command.CommonOptions;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.ModelNames;
import org.whisker.command.RecordedArguments;
import org.whisker.command.ResumeOption;
import org.whisker.command.RunOptions;
import org.whisker.command.SearchRunningOptions;
import org.whisker.job.DeviceConfig;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobFolder;
import org.whisker.job.JobManifest;
import org.whisker.torch.Precision;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code whisker ablate}: takes one suspected cause away at a time. */
@Command(
    name = "ablate",
    description = {
      "Runs controlled experiments on why evolved pixels lie where they do: a control arm, and"
          + " arms that each differ from it in one factor, from the same seeds and with the same"
          + " number of images scored.",
      "whisker ablate list explains each experiment.",
      "Writes MODEL/EXPERIMENT/ (arms.csv, one row per run; effect.csv or observations.csv;"
          + " networks.csv where networks are trained, manipulation.csv where their photos are"
          + " shifted; charts as PNG and SVG), summary.csv,"
          + " skipped.csv, overview.png, and runs/ and trained/, from which --resume continues."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "E is the edge index: ½ is chance; below it, pixels lie nearer the edge. Read it",
      "together with success and p(cat): images not yet classified as cat have their",
      "pixels elsewhere.",
      "",
      "Default: 10 runs per arm, seeds from 1 up. --generations only ends a run that",
      "no longer produces new images. runs_needed in the tables is for a power of",
      "80 %%.",
      "",
      "Examples:",
      "  whisker ablate list",
      "  whisker ablate padding --model vgg16-mini",
      "  whisker ablate regions,founders --runs 20 --max-evaluations 10000",
      "  whisker ablate factorial --factors padding:reflect/circular,background",
      "  whisker ablate head --model vgg16-mini --data photos --train-epochs 10",
      "  whisker ablate retrained-padding --data photos --train-from model",
      "  whisker ablate all --model vgg16-mini,inception-resnet-v2-mini --out causes",
      "  whisker ablate --resume causes"
    })
public final class AblateCommand implements Callable<Integer> {
  private final Environment environment;
  private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..*",
      paramLabel = "NAME",
      description = "Experiments, separated by commas; all; or list.")
  private List<String> names = List.of();

  @Option(
      names = "--model",
      completionCandidates = ModelNames.class,
      paramLabel = "NAME",
      description =
          "Classifiers, separated by commas: names of folders in models/, or paths. Default: all"
              + " in models/.")
  private List<String> models = List.of();

  @Mixin private final AblateOptions options = new AblateOptions();

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      description = "Continue an interrupted run in DIR; all else comes from its manifest.")
  private @Nullable Path resume;

  @Mixin
  private final SearchRunningOptions running = new SearchRunningOptions(Precision.FLOAT32.label());

  @Mixin private final ChartOptions charts = new ChartOptions();
  @Mixin private final CommonOptions common = new CommonOptions();

  public AblateCommand(Environment environment) {
    this.environment = environment;
  }

  @Spec
  void setSpec(CommandSpec spec) {
    this.spec = spec;
  }

  @Override
  public Integer call() throws IOException {
    List<String> asked = AblateOptions.names(names);
    if (resume != null) {
      return resume(resume, asked);
    }
    if (asked.equals(List.of("list"))) {
      environment.out().print(AblateText.list());
      return ExitCode.OK;
    }
    AblateOptions.refuseTwice("--model", models);
    List<String> arguments = new ArrayList<>(asked);
    arguments.addAll(RecordedArguments.of(spec.commandLine().getParseResult()));
    return say(study().run(config(), new JobFolder.Place.New(options.run().out(), arguments)));
  }

  private int resume(Path folder, List<String> asked) throws IOException {
    JobManifest manifest =
        ResumeOption.open(folder, AblateStudy.COMMAND, spec.commandLine().getParseResult(), asked);
    return ResumeOption.isDone(manifest, environment)
        ? ResumeOption.done(folder, environment)
        : say(study().resume(manifest));
  }

  /**
   * What experiments and options ask for.
   *
   * @throws InvalidRequestException for options that there are not
   */
  public static AblateConfig config(List<String> words, Environment environment) {
    AblateCommand command = new AblateCommand(environment);
    RecordedArguments.parseAsked(command, "ablate", words);
    return command.config();
  }

  private AblateConfig config() {
    return options.config(
        AblateOptions.names(models), AblateOptions.names(names), running.config());
  }

  private AblateStudy study() {
    return new AblateStudy(environment.context(common, charts));
  }

  private int say(AblateResult result) {
    if (result.done()) {
      environment.out().print(AblateText.summary(result.results(), result.job().skipped()));
      environment.out().println("written to " + result.folder());
    } else {
      environment
          .err()
          .println("whisker: stopped; go on with: whisker ablate --resume " + result.folder());
    }
    return ExitCode.OK;
  }

  /** How much an ablation runs. */
  private static final class AblateOptions {
    @Option(
        names = "--preset",
        paramLabel = "NAME",
        defaultValue = AblateConfig.PRESET,
        description =
            "The base search, of which each arm changes one thing: quick, question or dense; see"
                + " evolve. Reaching a target does not end it. Default: quick.")
    private String preset = AblateConfig.PRESET;

    @Mixin private final RunOptions run = new RunOptions();

    @Option(
        names = "--max-evaluations",
        paramLabel = "N",
        description =
            "Images scored per run, the same in all arms. Default: 5000, about six seconds of one"
                + " core per run of an embedded model; all experiments with 10 runs on both models"
                + " take an hour of one core.")
    private @Nullable Long evaluations;

    @Option(
        names = "--target",
        paramLabel = "P",
        defaultValue = "" + AblateConfig.TARGET,
        description =
            "A run is a cat when p(cat) reaches this; it continues all the same. Arms are compared at"
                + " this p(cat) where at least half of their runs reach it, else at 0.5."
                + " Default: 0.96.")
    private double target = AblateConfig.TARGET;

    @Option(
        names = "--factors",
        paramLabel = "A,B",
        description =
            "What factorial crosses: two or three experiments, each with its first treatment or with"
                + " those named, as in padding:reflect/circular,background:black. Default:"
                + " padding,background:black.")
    private List<String> factors = List.of();

    @Mixin private final RetrainOptions retrain = new RetrainOptions();

    RunOptions run() {
      return run;
    }

    /**
     * These as a configuration.
     *
     * @throws InvalidRequestException for what can't be
     */
    AblateConfig config(List<String> models, List<String> experiments, DeviceConfig on) {
      return new AblateConfig(
          models,
          experiments,
          names(factors),
          preset,
          run.runs(AblateConfig.RUNS),
          retrain.networks(),
          run.seed(),
          target,
          evaluations == null ? AblateConfig.EVALUATIONS : evaluations,
          run.generations(),
          retrain.data(),
          on);
    }

    /** The names of comma-separated lists, each once, without empty ones. */
    static List<String> names(List<String> lists) {
      return each(lists).distinct().toList();
    }

    /**
     * Looks for a name that is given twice.
     *
     * @throws InvalidRequestException that names it
     */
    static void refuseTwice(String option, List<String> lists) {
      Set<String> names = new HashSet<>();
      each(lists)
          .forEach(
              name ->
                  InvalidRequestException.refuse(
                      !names.add(name), option + " names " + name + " twice; name it once"));
    }

    private static Stream<String> each(List<String> lists) {
      return lists.stream()
          .flatMap(list -> List.of(list.split(",", -1)).stream())
          .map(String::strip)
          .filter(name -> !name.isEmpty());
    }
  }
}
