package org.whisker.ablation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.whisker.random.SplitMix64;
import org.whisker.stats.Estimate.Interval;
import org.whisker.stats.Samples.Summary;

/**
 * Summary of an arm by one measure: the mean over its units with a bootstrap interval.
 *
 * @param arm its name
 * @param runs of the arm, failed ones included
 * @param successes runs whose p(cat) reached the target
 * @param units number of values in the mean: runs, or networks if these are trained
 * @param mean empty if no unit has a value
 * @param interval 95 % interval of the mean; empty with fewer than two units
 */
public record ArmSummary(
    String arm,
    Measure measure,
    int runs,
    int successes,
    int units,
    OptionalDouble mean,
    Optional<Interval> interval) {
  /** The measures summarised; the success rate follows from the counts. */
  public static final List<Measure> MEASURES =
      List.of(
          Measure.EDGE_INDEX,
          Measure.EDGE_INDEX_AT_TARGET,
          Measure.EDGE_INDEX_AT_HALF,
          Measure.GAIN,
          Measure.P_CAT,
          Measure.PIXELS,
          Measure.EVALUATIONS);

  private static final int FEWEST = 2;

  /**
   * The mean of values and its interval.
   *
   * @param values of the units, without empty ones
   */
  public static ArmSummary of(
      String arm,
      Measure measure,
      int runs,
      int successes,
      double[] values,
      RandomGenerator random) {
    return new ArmSummary(
        arm,
        measure,
        runs,
        successes,
        values.length,
        values.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(Summary.of(values).mean()),
        values.length < FEWEST ? Optional.empty() : Optional.of(measure.interval(values, random)));
  }

  /** Each arm of an experiment by each of {@link #MEASURES}. */
  public static List<ArmSummary> of(AblationResult result, long seed) {
    Function<String, RandomGenerator> random = random(seed, result.model(), result.ablation().id());
    List<ArmSummary> summaries = new ArrayList<>();
    for (ArmRuns arm : result.arms()) {
      for (Measure measure : MEASURES) {
        summaries.add(
            of(
                arm.arm().name(),
                measure,
                arm.runs().size(),
                arm.successes(),
                arm.unitValues(measure),
                random.apply(stream(measure, arm.arm().name()))));
      }
    }
    return summaries;
  }

  /** Name of the random stream of an arm and measure, for {@link #random}. */
  public static String stream(Measure measure, String arm) {
    return measure.label() + " " + arm;
  }

  /** Random streams by name, reproducible for the same experiment and model. */
  public static Function<String, RandomGenerator> random(
      long seed, String model, String experiment) {
    String prefix = "ablate chart " + model + " " + experiment + " ";
    return name -> SplitMix64.stream(seed, prefix + name, 0);
  }
}
