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
import org.whisker.table.Column;
import org.whisker.table.Table;
import org.whisker.value.OptionalNumber;

/**
 * Summary of an arm by one measure, a row of {@value #FILE}: the mean over its units with a
 * bootstrap interval. Charts and pages show these means and intervals.
 */
public record ArmSummary(
    @Column(meaning = "name of the arm") String arm,
    @Column(
            meaning =
                "edge_index (of final images), edge_index_at_target, "
                    + "edge_index_at_half (at equal p(target)), gain, p_target, pixels or "
                    + "evaluations")
        Measure measure,
    @Column(meaning = "number of runs of the arm, including failed ones") int runs,
    @Column(meaning = "number of runs whose p(target) reached the target") int successes,
    @Column(unit = "probability", meaning = "p(target) that counts as success") double target,
    @Column(meaning = "number of values averaged: runs, or networks in training experiments")
        int units,
    @Column(meaning = "mean, in the unit of the measure; empty when no unit has a value")
        OptionalDouble mean,
    @Column(
            meaning =
                "lower end of its 95 % confidence interval; empty for fewer than two " + "units")
        OptionalDouble ciLow,
    OptionalDouble ciHigh) {
  public static final String FILE = "arm_summary.csv";
  public static final Table<ArmSummary> TABLE = Table.of(ArmSummary.class, FILE);

  /** The measures summarised; the success rate follows from the counts. */
  public static final List<Measure> MEASURES =
      List.of(
          Measure.EDGE_INDEX,
          Measure.EDGE_INDEX_AT_TARGET,
          Measure.EDGE_INDEX_AT_HALF,
          Measure.GAIN,
          Measure.P_TARGET,
          Measure.PIXELS,
          Measure.EVALUATIONS);

  private static final int FEWEST = 2;

  /** Summarises each arm of an experiment by each of {@link #MEASURES}. */
  public static List<ArmSummary> of(AblationResult result, long seed) {
    Function<String, RandomGenerator> random = random(seed, result.model(), result.ablation().id());
    List<ArmSummary> summaries = new ArrayList<>();
    for (ArmRuns arm : result.arms()) {
      for (Measure measure : MEASURES) {
        RandomGenerator own = random.apply(stream(measure, arm.arm().name()));
        summaries.add(of(arm, measure, result.target(), own));
      }
    }
    return summaries;
  }

  private static ArmSummary of(
      ArmRuns arm, Measure measure, double target, RandomGenerator random) {
    double[] values = arm.unitValues(measure);
    Optional<Interval> interval = interval(measure, values, random);
    return new ArmSummary(
        arm.arm().name(),
        measure,
        arm.runs().size(),
        arm.successes(),
        target,
        values.length,
        mean(values),
        OptionalNumber.of(interval, Interval::low),
        OptionalNumber.of(interval, Interval::high));
  }

  private static OptionalDouble mean(double[] values) {
    return values.length == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(Summary.of(values).mean());
  }

  private static Optional<Interval> interval(
      Measure measure, double[] values, RandomGenerator random) {
    return values.length < FEWEST
        ? Optional.empty()
        : Optional.of(measure.interval(values, random));
  }

  public static Optional<ArmSummary> find(List<ArmSummary> rows, String arm, Measure measure) {
    return rows.stream()
        .filter(row -> row.arm().equals(arm) && row.measure() == measure)
        .findFirst();
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
   * A row of {@value #FILE}: E along the climb at equal p(target). Of every run of an arm it is of
   * the first image that is at least so sure, so that images of one p(target) are compared,
   * whenever they were found.
   */
  public record EdgeAtConfidence(
      @Column(meaning = "name of the arm") String arm,
      @Column(value = "p_target", unit = "probability", meaning = "the level")
          double catProbability,
      @Column(meaning = "number of runs of the arm, including failed ones") int runs,
      @Column(meaning = "number of runs that reached the level") int reached,
      @Column(meaning = "number of values averaged: runs, or networks in training experiments")
          int units,
      @Column(meaning = "mean E; empty when no unit has a value") OptionalDouble edgeIndex,
      @Column(
              meaning =
                  "lower end of its 95 % confidence interval; empty for fewer than two " + "units")
          OptionalDouble ciLow,
      OptionalDouble ciHigh) {
    public static final String FILE = "edge_at_p.csv";
    public static final Table<EdgeAtConfidence> TABLE = Table.of(EdgeAtConfidence.class, FILE);

    /**
     * Levels of p(target) above which, the target included, E is measured; finer where the question
     * is asked.
     */
    private static final double[] LEVELS = {
      0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85,
      0.9, 0.93, 0.96, 0.98, 0.99
    };

    /**
     * The rows of all arms that ask a network, at every level above p(target) of their empty
     * canvas.
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
      Optional<Interval> interval = interval(Measure.EDGE_INDEX, values, random);
      return new EdgeAtConfidence(
          arm.arm().name(),
          level,
          arm.runs().size(),
          (int) arm.runs().stream().filter(run -> run.at(level).isPresent()).count(),
          values.length,
          mean(values),
          OptionalNumber.of(interval, own -> Math.max(0, own.low())),
          OptionalNumber.of(interval, own -> Math.min(1, own.high())));
    }

    private static OptionalDouble edgeIndex(ArmRun run, double level) {
      return run.at(level).map(ArmRun.Step::edgeIndex).orElse(OptionalDouble.empty());
    }
  }
}
