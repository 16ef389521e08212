package org.whisker.feature.ablate;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.RunPlan;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.feature.train.RetrainingData;
import org.whisker.hypothesis.Experiments;
import org.whisker.hypothesis.Factorial;
import org.whisker.io.CloseName;
import org.whisker.job.DeviceConfig;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.SharedOptions;
import org.whisker.option.Option;
import org.whisker.option.OptionGroup;
import org.whisker.option.Options;
import org.whisker.option.Records;
import org.whisker.option.Seed;

/**
 * What ablations are asked for.
 *
 * @param seed the seed of the first run; the next has the next
 * @param generations the generations that end a run which makes no more new images; by default
 *     twenty times as many as the evaluations need
 * @param training photos for the experiments that train networks; without them these are refused
 */
public record AblateConfig(
    @Option(
            parser = Names.class,
            names = "--model",
            label = "NAME",
            candidates = Option.MODELS,
            help =
                "Classifiers, separated by commas: names of folders in models/, or paths. Default:"
                    + " vgg16-mini and inception-resnet-v2-mini.")
        List<String> models,
    @Option(
            parser = Names.class,
            label = "NAME",
            help = "Experiments, separated by commas; all; or list.")
        List<String> experiments,
    @Option(
            parser = Names.class,
            names = "--factors",
            label = "A,B",
            help =
                "What factorial crosses: two or three experiments, each with its first treatment or"
                    + " with those named, as in padding:reflect/circular,background:black. Default:"
                    + " padding,background:black.")
        List<String> factors,
    @Option(
            parser = Names.class,
            names = "--arms",
            label = "ARM[,ARM...]",
            help =
                "Run only these arms of each experiment, and its first, which is the control;"
                    + " comparisons that need other arms are left out. In barrier-origin: only"
                    + " these changes of training. Default: all.")
        List<String> arms,
    @Option(
            names = "--preset",
            label = "NAME",
            defaultValue = "quick",
            help =
                "The base search, of which each arm changes one thing: quick, question or dense;"
                    + " see evolve. Reaching a target does not end it.")
        String preset,
    @Option(names = "--runs", label = "N", defaultValue = "10", min = 1, help = SharedOptions.RUNS)
        int runs,
    // three treatments against a control: with six, Holm's correction leaves no p below 0.05
    @Option(
            names = "--networks",
            label = "N",
            defaultValue = "8",
            min = 1,
            help = RetrainingData.NETWORKS)
        int networks,
    @Seed long seed,
    @Option(
            names = "--target",
            label = "P",
            defaultValue = "0.96",
            help =
                "A run is a cat when p(target) reaches this; it continues all the same. Arms are"
                    + " compared at this p(target) where at least half of their runs reach it, else at"
                    + " 0.5.")
        double target,
    @Option(
            names = "--max-evaluations",
            label = "N",
            defaultValue = "5000",
            min = 1,
            help =
                "Images scored per run, the same in all arms. Default: ${DEFAULT-VALUE}, about six"
                    + " seconds of one core per run of an embedded model; all experiments with 10"
                    + " runs on both models take an hour of one core.")
        long evaluations,
    @Option(names = "--generations", label = "N", min = 1, help = SharedOptions.GENERATIONS)
        OptionalInt generations,
    @OptionGroup(alone = RetrainingData.ALONE) Optional<RetrainingData> training,
    @OptionGroup(
            without = "--precision",
            change =
                @OptionGroup.Change(
                    component = "search",
                    option =
                        @Option(
                            names = "--precision",
                            label = "P",
                            defaultValue = "float32",
                            help = {
                              SharedOptions.SEARCH_PRECISION,
                              "What is reported is scored in float32."
                            })))
        DeviceConfig on) {
  /** The word for every experiment that a model can take. */
  public static final String ALL = "all";

  /** Images in one pass at most. */
  static final int BATCH = 100;

  /** Reads names that are separated by commas, without empty ones. */
  static final class Names implements Option.Parser<List<String>> {
    @Override
    public List<String> parse(String text) {
      return Arrays.stream(COMMA.split(text, -1))
          .map(String::strip)
          .filter(name -> !name.isEmpty())
          .toList();
    }
  }

  private static final Pattern COMMA = Pattern.compile(",");

  public AblateConfig {
    models = List.copyOf(models);
    experiments = experiments.stream().distinct().toList();
    factors = factors.stream().distinct().toList();
    arms = arms.stream().distinct().toList();
    Options.check(
        AblateConfig.class,
        models,
        experiments,
        factors,
        arms,
        preset,
        runs,
        networks,
        seed,
        target,
        evaluations,
        generations,
        training,
        on);
    InvalidRequestException.refuse(
        !(target > 0 && target < 1), "--target must be between 0 and 1, was " + target);
    InvalidRequestException.refuse(
        experiments.isEmpty(), "name an experiment, or all; see: whisker ablate list");
    experiments.forEach(AblateConfig::check);
    Set<String> named = new HashSet<>();
    models.forEach(
        name ->
            InvalidRequestException.refuse(
                !named.add(name), "--model names " + name + " twice; name it once"));
  }

  private static void check(String name) {
    List<String> ids = Experiments.all().stream().map(Ablation::id).toList();
    InvalidRequestException.refuse(
        !name.equals(ALL) && !ids.contains(name),
        "there is no experiment '%s'%s; there are %s, and all"
            .formatted(name, CloseName.hint(name, ids), String.join(", ", ids)));
  }

  /**
   * The default options of the command line: seed 1, the fastest device.
   *
   * @throws InvalidRequestException for an unknown experiment
   */
  public static AblateConfig of(String model, String... experiments) {
    return Options.of(AblateConfig.class)
        .read(value -> value.isParameter() ? List.of(experiments) : List.of())
        .on(List.of(model));
  }

  /** Sets the number of runs an arm, and of images that a run may score. */
  public AblateConfig withRuns(int runs, long evaluations) {
    return Records.changed(this, AblateConfig::runs, AblateConfig::evaluations)
        .to(runs, evaluations);
  }

  /** Sets the seed of the first run; each further run has the next one. */
  public AblateConfig withSeed(long other) {
    return Records.changed(this, AblateConfig::seed).to(other);
  }

  /** Returns the same experiments on other models. */
  public AblateConfig on(List<String> others) {
    return Records.changed(this, AblateConfig::models).to(others);
  }

  /** Returns a copy on another device, or in another precision. */
  public AblateConfig on(DeviceConfig other) {
    return Records.changed(this, AblateConfig::on).to(other);
  }

  /** Whether what a model can't take is left out. */
  boolean all() {
    return experiments.contains(ALL);
  }

  List<Ablation> ablations() {
    List<Factorial.Factor> crossed =
        InvalidRequestException.check(() -> factors.stream().map(Factorial.Factor::parse).toList());
    return InvalidRequestException.check(() -> Experiments.all(crossed)).stream()
        .filter(a -> all() || experiments.contains(a.id()))
        .toList();
  }

  EvolutionOptions base() {
    return InvalidRequestException.check(() -> EvolutionOptions.preset(preset));
  }

  RunPlan plan() {
    return InvalidRequestException.check(() -> new RunPlan(runs, networks, seed, target, BATCH));
  }
}
