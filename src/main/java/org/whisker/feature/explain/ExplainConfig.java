package org.whisker.feature.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.whisker.ablation.Ablation;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.feature.train.RetrainingData;
import org.whisker.hypothesis.Experiments;
import org.whisker.hypothesis.Hypotheses;
import org.whisker.hypothesis.Hypothesis;
import org.whisker.hypothesis.Planned.Budget;
import org.whisker.job.DeviceConfig;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.SearchPrecision;

/**
 * What an explanation, or a comparison, is asked for.
 *
 * @param models names of folders in {@code models/}, or paths, at least one
 * @param budget quick, standard or full; {@value ExplainJob#COMPARE} for a comparison alone
 * @param preset the search that all arms change one thing of: quick, question or dense; by default
 *     that of the budget
 * @param runs of an arm; by default those of the budget
 * @param networks that are trained for an arm, where any are; by default as many as runs
 * @param evaluations images scored by a run; by default those of the budget
 * @param generations that end a run; by default, for the question's search, those of the budget,
 *     and for others as many as end one that makes no more new images
 * @param seed of the first run; the next has the next
 * @param fresh whether every run is done again, and kept in the report's own folder
 * @param training photos for the hypotheses that need trained networks; without, they are not
 *     tested
 * @param on what the networks run on
 */
public record ExplainConfig(
    List<String> models,
    String budget,
    Optional<String> preset,
    OptionalInt runs,
    OptionalInt networks,
    OptionalLong evaluations,
    OptionalInt generations,
    long seed,
    boolean fresh,
    Optional<RetrainingData> training,
    DeviceConfig on) {
  /**
   * The models that are explained unless others are named: the two small ones that come with
   * whisker, which take minutes. Larger ones are named.
   */
  public static final List<String> SMALL = List.of("vgg16-mini", "inception-resnet-v2-mini");

  /** The budget unless told. */
  public static final String BUDGET = "quick";

  public ExplainConfig {
    models = List.copyOf(models);
    InvalidRequestException.refuse(models.isEmpty(), "name a model");
    if (!budget.equals(ExplainJob.COMPARE)) {
      String label = budget;
      InvalidRequestException.check(() -> Budget.parse(label));
    }
    preset.ifPresent(name -> InvalidRequestException.check(() -> EvolutionOptions.preset(name)));
    InvalidRequestException.refuse(
        runs.orElse(2) < 2, "--runs must be at least 2, was " + runs.orElse(2));
    InvalidRequestException.refuse(
        evaluations.orElse(1) < 1,
        "--max-evaluations must be at least 1, was " + evaluations.orElse(1));
    InvalidRequestException.refuse(
        budget.equals(ExplainJob.COMPARE) && models.size() < 2,
        "compare needs two models, has " + models + "; name another");
  }

  /**
   * As the command line has it unless told: {@link #BUDGET}, from seed 1, on the fastest device,
   * searches in the faster precision.
   *
   * @param models by default {@link #SMALL}
   */
  public static ExplainConfig of(String... models) {
    return new ExplainConfig(
        models.length == 0 ? SMALL : List.of(models),
        BUDGET,
        Optional.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalLong.empty(),
        OptionalInt.empty(),
        1,
        false,
        Optional.empty(),
        DeviceConfig.standard().searchingIn(SearchPrecision.AUTO));
  }

  /** With so many runs an arm, of so many images each. */
  public ExplainConfig withRuns(int most, long images) {
    return new ExplainConfig(
        models,
        budget,
        preset,
        OptionalInt.of(most),
        networks,
        OptionalLong.of(images),
        generations,
        seed,
        fresh,
        training,
        on);
  }

  /**
   * With another budget.
   *
   * @param other quick, standard or full; {@value ExplainJob#COMPARE} for a comparison alone
   * @throws InvalidRequestException for another, or a comparison of one model
   */
  public ExplainConfig withBudget(String other) {
    return new ExplainConfig(
        models, other, preset, runs, networks, evaluations, generations, seed, fresh, training, on);
  }

  /**
   * With another search that all arms change one thing of.
   *
   * @param other quick, question or dense
   */
  public ExplainConfig withPreset(String other) {
    Optional<String> named = Optional.of(other);
    return new ExplainConfig(
        models, budget, named, runs, networks, evaluations, generations, seed, fresh, training, on);
  }

  /** With another seed of the first run; the next has the next. */
  public ExplainConfig withSeed(long other) {
    return new ExplainConfig(
        models,
        budget,
        preset,
        runs,
        networks,
        evaluations,
        generations,
        other,
        fresh,
        training,
        on);
  }

  /** With every run done again, and kept in the report's own folder. */
  public ExplainConfig afresh() {
    return new ExplainConfig(
        models, budget, preset, runs, networks, evaluations, generations, seed, true, training, on);
  }

  /** With the hypotheses that need trained networks, on these photos. */
  public ExplainConfig withTraining(RetrainingData data) {
    Optional<RetrainingData> photos = Optional.of(data);
    return new ExplainConfig(
        models, budget, preset, runs, networks, evaluations, generations, seed, fresh, photos, on);
  }

  /** On another device, or in another precision. */
  public ExplainConfig on(DeviceConfig other) {
    return new ExplainConfig(
        models,
        budget,
        preset,
        runs,
        networks,
        evaluations,
        generations,
        seed,
        fresh,
        training,
        other);
  }

  boolean compares() {
    return budget.equals(ExplainJob.COMPARE);
  }

  /** What is not told. */
  Budget usual() {
    return compares() ? Budget.STANDARD : Budget.parse(budget);
  }

  /** The name of the search that all arms change one thing of. */
  String search() {
    return preset.orElse(usual().preset());
  }

  /** Generations of a run; empty where the number of images alone ends it. */
  OptionalInt limit() {
    boolean question = EvolutionOptions.preset(search()).equals(EvolutionOptions.question());
    return generations.isEmpty() && question ? OptionalInt.of(usual().generations()) : generations;
  }

  List<Ablation> experiments() {
    if (compares()) {
      return Stream.of(Hypotheses.GEOMETRY, Hypotheses.FOVEATION)
          .map(Hypothesis::experiment)
          .toList();
    }
    List<Ablation> experiments = new ArrayList<>(Experiments.in(usual()));
    if (training.isPresent()) {
      experiments.addAll(Experiments.trainedIn(usual()));
    }
    return experiments;
  }
}
