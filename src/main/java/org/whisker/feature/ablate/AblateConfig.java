package org.whisker.feature.ablate;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.AblationRunner;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.feature.train.RetrainingData;
import org.whisker.hypothesis.Experiments;
import org.whisker.hypothesis.Factorial;
import org.whisker.io.CloseName;
import org.whisker.job.DeviceConfig;
import org.whisker.job.InvalidRequestException;
import org.whisker.torch.Precision;

/**
 * What ablations are asked for.
 *
 * @param models names of folders in {@code models/}, or paths; empty: all in {@code models/}
 * @param experiments ids, see {@link Experiments}; or {@code all}, which leaves out what a model
 *     can't take
 * @param factors what a factorial experiment crosses, such as {@code padding:reflect/circular};
 *     empty: its default
 * @param preset the search that all arms change one thing of: quick, question or dense
 * @param runs of an arm, or of a network where networks are trained
 * @param networks that are trained for an arm, where any are
 * @param seed of the first run; the next has the next
 * @param target p(cat) at which a run succeeds, above 0 and below 1; it goes on all the same
 * @param evaluations images scored by a run, at least 1; all arms have the same
 * @param generations that end a run which makes no more new images; by default twenty times as many
 *     as the evaluations need
 * @param training photos for the experiments that train networks; without them these are refused
 * @param on what the networks run on
 */
public record AblateConfig(
    List<String> models,
    List<String> experiments,
    List<String> factors,
    String preset,
    int runs,
    int networks,
    long seed,
    double target,
    long evaluations,
    OptionalInt generations,
    Optional<RetrainingData> training,
    DeviceConfig on) {
  /** Every experiment that a model can take. */
  public static final String ALL = "all";

  /** Images in one pass at most. */
  static final int BATCH = 100;

  /** Runs of an arm unless told. */
  public static final int RUNS = 10;

  // three treatments against a control: with six, Holm's correction leaves no p below 0.05
  /** Networks that are trained for an arm unless told. */
  public static final int NETWORKS = 8;

  /** p(cat) at which a run is a cat unless told. */
  public static final double TARGET = 0.96;

  /** Images scored by a run unless told. */
  public static final long EVALUATIONS = 5_000;

  /** The search that arms change one thing of unless told. */
  public static final String PRESET = "quick";

  public AblateConfig {
    models = List.copyOf(models);
    experiments = List.copyOf(experiments);
    factors = List.copyOf(factors);
    InvalidRequestException.refuse(
        !(target > 0 && target < 1), "--target must be between 0 and 1, was " + target);
    InvalidRequestException.refuse(
        evaluations < 1, "--max-evaluations must be at least 1, was " + evaluations);
    InvalidRequestException.refuse(
        experiments.isEmpty(), "name an experiment, or all; see: whisker ablate list");
    experiments.forEach(AblateConfig::check);
  }

  private static void check(String name) {
    List<String> ids = Experiments.all().stream().map(Ablation::id).toList();
    InvalidRequestException.refuse(
        !name.equals(ALL) && !ids.contains(name),
        "there is no experiment '%s'%s; there are %s, and all"
            .formatted(name, CloseName.hint(name, ids), String.join(", ", ids)));
  }

  /**
   * As the command line has it unless told: {@link #RUNS} runs an arm of {@link #EVALUATIONS}
   * images, from seed 1, on the fastest device.
   *
   * @throws InvalidRequestException for an experiment that there is not
   */
  public static AblateConfig of(String model, String... experiments) {
    return new AblateConfig(
        List.of(model),
        List.of(experiments),
        List.of(),
        PRESET,
        RUNS,
        NETWORKS,
        1,
        TARGET,
        EVALUATIONS,
        OptionalInt.empty(),
        Optional.empty(),
        DeviceConfig.standard().searchingIn(Precision.FLOAT32.label()));
  }

  /** With so many runs an arm, of so many images each. */
  public AblateConfig withRuns(int runs, long evaluations) {
    return new AblateConfig(
        models,
        experiments,
        factors,
        preset,
        runs,
        networks,
        seed,
        target,
        evaluations,
        generations,
        training,
        on);
  }

  /** With another seed of the first run; the next has the next. */
  public AblateConfig withSeed(long other) {
    return new AblateConfig(
        models,
        experiments,
        factors,
        preset,
        runs,
        networks,
        other,
        target,
        evaluations,
        generations,
        training,
        on);
  }

  /** With these factors of a factorial experiment, such as {@code padding:reflect/circular}. */
  public AblateConfig withFactors(String... crossed) {
    return new AblateConfig(
        models,
        experiments,
        List.of(crossed),
        preset,
        runs,
        networks,
        seed,
        target,
        evaluations,
        generations,
        training,
        on);
  }

  /** With so many networks an arm in the experiments that train some, on these photos. */
  public AblateConfig withTraining(RetrainingData photos, int each) {
    return new AblateConfig(
        models,
        experiments,
        factors,
        preset,
        runs,
        each,
        seed,
        target,
        evaluations,
        generations,
        Optional.of(photos),
        on);
  }

  /** On another device, or in another precision. */
  public AblateConfig on(DeviceConfig other) {
    return new AblateConfig(
        models,
        experiments,
        factors,
        preset,
        runs,
        networks,
        seed,
        target,
        evaluations,
        generations,
        training,
        other);
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

  AblationRunner.Plan plan() {
    return InvalidRequestException.check(
        () -> new AblationRunner.Plan(runs, networks, seed, target, BATCH));
  }
}
