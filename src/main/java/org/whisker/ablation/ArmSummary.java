package org.whisker.ablation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import org.whisker.random.SplitMix64;
import org.whisker.stats.Estimate.Interval;
import org.whisker.stats.Samples.Summary;

/**
 * Summary of an arm by one measure: the mean over its units with a bootstrap interval.
 *
 * @param arm its name
 * @param runs the number of runs of the arm, failed ones included
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
   * @param values the values of the units, without empty ones
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

  /** Summarises each arm of an experiment by each of {@link #MEASURES}. */
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

  /**
   * E along the climb at equal p(cat): of every run of an arm the first image that is at least so
   * sure, so that images of one p(cat) are compared, whenever they were found.
   *
   * @param arm its name
   * @param catProbability p(cat) that the images reached
   * @param runs the number of runs of the arm, failed ones included
   * @param reached runs that came so far
   * @param units values that the mean is over: runs, or networks where networks are trained
   * @param mean the mean of E; empty when no unit has a value
   * @param interval 95 % interval of the mean; empty below two units
   */
  public record EdgeAtConfidence(
      String arm,
      double catProbability,
      int runs,
      int reached,
      int units,
      OptionalDouble mean,
      Optional<Interval> interval) {
    /**
     * Levels of p(cat) above which, the target included, E is measured; finer where the question is
     * asked.
     */
    private static final double[] LEVELS = {
      0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85,
      0.9, 0.93, 0.96, 0.98, 0.99
    };

    private static final int FEWEST = 2;

    /** The levels of p(cat), ascending. */
    public static List<Double> levels() {
      return DoubleStream.of(LEVELS).boxed().toList();
    }

    /**
     * The rows of all arms that ask a network, at every level above p(cat) of their empty canvas.
     */
    public static List<EdgeAtConfidence> of(AblationResult result, long seed) {
      Function<String, RandomGenerator> random =
          ArmSummary.random(seed, result.model(), result.ablation().id());
      List<EdgeAtConfidence> rows = new ArrayList<>();
      for (ArmRuns arm : result.arms()) {
        double bare = arm.bareCatProbability().orElse(1);
        for (double level : LEVELS) {
          if (level > bare) {
            rows.add(of(arm, level, random.apply("climb " + arm.arm().name() + " " + level)));
          }
        }
      }
      return rows;
    }

    private static EdgeAtConfidence of(ArmRuns arm, double level, RandomGenerator random) {
      double[] values = arm.unitValues(run -> edgeIndex(run, level));
      return new EdgeAtConfidence(
          arm.arm().name(),
          level,
          arm.runs().size(),
          (int) arm.runs().stream().filter(run -> run.at(level).isPresent()).count(),
          values.length,
          values.length == 0
              ? OptionalDouble.empty()
              : OptionalDouble.of(Summary.of(values).mean()),
          values.length < FEWEST
              ? Optional.empty()
              : Optional.of(Measure.EDGE_INDEX.interval(values, random)));
    }

    private static OptionalDouble edgeIndex(ArmRun run, double level) {
      return run.at(level).map(ArmRun.Step::edgeIndex).orElse(OptionalDouble.empty());
    }
  }
}
