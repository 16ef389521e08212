package org.whisker.ablation.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.whisker.ablation.ArmRun;
import org.whisker.ablation.ArmRuns;
import org.whisker.ablation.ArmSummary;
import org.whisker.ablation.ArmSummary.EdgeAtConfidence;
import org.whisker.ablation.SupplementaryTable;
import org.whisker.stats.Estimate.Interval;
import org.whisker.table.Column;
import org.whisker.table.Table;

/** Rows of the tables of an ablation's arms, all runs of an arm in one row. */
public final class ArmTables {
  private ArmTables() {}

  /**
   * A row of {@value #FILE}: summary of one measure over all runs of an arm. Charts and pages show
   * these means and intervals.
   */
  public record ArmSummaryRow(
      @Column(meaning = "name of the arm") String arm,
      @Column(
              meaning =
                  "edge_index (of final images), edge_index_at_target, "
                      + "edge_index_at_half (at equal p(cat)), gain, p_cat, pixels or "
                      + "evaluations")
          String measure,
      @Column(meaning = "number of runs of the arm, including failed ones") int runs,
      @Column(meaning = "number of runs whose p(cat) reached the target") int successes,
      @Column(unit = "probability", meaning = "p(cat) that counts as success") double target,
      @Column(meaning = "number of values averaged: runs, or networks in training experiments")
          int units,
      @Column(meaning = "mean, in the unit of the measure; empty when no unit has a value")
          OptionalDouble mean,
      @Column(
              meaning =
                  "lower end of its 95 % confidence interval; empty for fewer than two " + "units")
          OptionalDouble ciLow,
      @Column(meaning = "upper end of the interval") OptionalDouble ciHigh) {
    public static final String FILE = "arm_summary.csv";
    public static final Table<ArmSummaryRow> TABLE = Table.of(ArmSummaryRow.class, FILE);

    public static final String EDGE_INDEX = "edge_index";
    public static final String AT_TARGET = "edge_index_at_target";
    public static final String AT_HALF = "edge_index_at_half";
    public static final String P_CAT = "p_cat";
    public static final String GAIN = "gain";

    /**
     * The rows of these summaries.
     *
     * @param target p(cat) that counted as success
     */
    public static List<ArmSummaryRow> of(List<ArmSummary> summaries, double target) {
      List<ArmSummaryRow> rows = new ArrayList<>();
      for (ArmSummary s : summaries) {
        Optional<Interval> interval = s.interval();
        rows.add(
            new ArmSummaryRow(
                s.arm(),
                s.measure().label(),
                s.runs(),
                s.successes(),
                target,
                s.units(),
                s.mean(),
                interval.map(i -> OptionalDouble.of(i.low())).orElse(OptionalDouble.empty()),
                interval.map(i -> OptionalDouble.of(i.high())).orElse(OptionalDouble.empty())));
      }
      return rows;
    }

    /** The row of an arm and a measure. */
    public static Optional<ArmSummaryRow> find(
        List<ArmSummaryRow> rows, String arm, String measure) {
      return rows.stream()
          .filter(row -> row.arm().equals(arm) && row.measure().equals(measure))
          .findFirst();
    }
  }

  /**
   * A row of {@value #FILE}: the edge index E of the first image of each run whose p(cat) reaches a
   * given level, summarised per arm.
   */
  public record EdgeAtConfidenceRow(
      @Column(meaning = "name of the arm") String arm,
      @Column(value = "p_cat", unit = "probability", meaning = "the level") double catProbability,
      @Column(meaning = "number of runs of the arm, including failed ones") int runs,
      @Column(meaning = "number of runs that reached the level") int reached,
      @Column(meaning = "number of values averaged: runs, or networks in training experiments")
          int units,
      @Column(meaning = "mean E; empty when no unit has a value") OptionalDouble edgeIndex,
      @Column(
              meaning =
                  "lower end of its 95 % confidence interval; empty for fewer than two " + "units")
          OptionalDouble ciLow,
      @Column(meaning = "upper end of the interval") OptionalDouble ciHigh) {
    public static final String FILE = "edge_at_p.csv";
    public static final Table<EdgeAtConfidenceRow> TABLE =
        Table.of(EdgeAtConfidenceRow.class, FILE);

    /** One row per arm and level. */
    public static List<EdgeAtConfidenceRow> of(List<EdgeAtConfidence> all) {
      return all.stream().map(EdgeAtConfidenceRow::of).toList();
    }

    private static EdgeAtConfidenceRow of(EdgeAtConfidence e) {
      Optional<Interval> interval = e.interval();
      return new EdgeAtConfidenceRow(
          e.arm(),
          e.catProbability(),
          e.runs(),
          e.reached(),
          e.units(),
          e.mean(),
          interval.map(i -> OptionalDouble.of(Math.max(0, i.low()))).orElse(OptionalDouble.empty()),
          interval
              .map(i -> OptionalDouble.of(Math.min(1, i.high())))
              .orElse(OptionalDouble.empty()));
    }
  }

  /**
   * A row of {@value #FILE}: the effort of reaching the same result with pixels confined to the
   * centre and to the edge.
   */
  public record EffortRow(
      @Column(meaning = "such as the number of images scored until p(cat) reached the target")
          String quantity,
      @Column(meaning = "geometric mean over runs confined to the centre") double centre,
      @Column(meaning = "geometric mean over runs confined to the edge") double edge,
      @Column(meaning = "centre divided by edge, paired by seed") double ratio,
      @Column(meaning = "lower end of its 95 % confidence interval") double ciLow,
      @Column(meaning = "upper end of the interval") double ciHigh,
      @Column(meaning = "number of pairs (seeds)") int seeds,
      @Column(meaning = "how failed runs are counted") String note) {
    public static final String FILE = "price-ratio.csv";
    public static final Table<EffortRow> TABLE = Table.of(EffortRow.class, FILE);

    public static List<EffortRow> of(SupplementaryTable.EffortRatios ratios) {
      return ratios.rows().stream()
          .map(
              r ->
                  new EffortRow(
                      r.quantity(),
                      r.centre(),
                      r.edge(),
                      r.ratio(),
                      r.low(),
                      r.high(),
                      r.seeds(),
                      r.note()))
          .toList();
    }
  }

  /**
   * A row of {@value #FILE}: an image of a run that improved on all previous ones; the last row of
   * a run repeats its best p(cat) at the total number of images scored.
   */
  public record ClimbRow(
      @Column(meaning = "number of the run, from 1") int run,
      long seed,
      @Column(unit = "images", meaning = "number of images scored until then") long evaluations,
      @Column(value = "p_cat", unit = "probability", meaning = "p(cat) of the image")
          double catProbability,
      @Column(
              meaning =
                  "edge index E of the image, 0 (border) to 1 (centre); empty when it "
                      + "is white")
          OptionalDouble edgeIndex,
      @Column(unit = "px", meaning = "number of black pixels of the image") OptionalInt blackPixels,
      @Column(
              meaning =
                  "generation that it first led, 0 for the founders; empty where its "
                      + "image was not kept")
          OptionalInt generation) {
    public static final String FILE = "climb.csv";
    public static final Table<ClimbRow> TABLE = Table.of(ClimbRow.class, FILE);

    private static final double LATE = 0.8;

    /** The improvements of all runs of an arm, grouped by run. */
    public static List<ClimbRow> of(ArmRuns arm) {
      List<ClimbRow> rows = new ArrayList<>();
      for (int i = 0; i < arm.runs().size(); i++) {
        ArmRun run = arm.runs().get(i);
        if (run.outcome().isPresent()) {
          add(i + 1, run.seed(), run.outcome().get(), rows);
        }
      }
      return rows;
    }

    /** The number of runs that improved in the last fifth of the images that they scored. */
    public static int rising(List<ClimbRow> rows) {
      Map<Integer, List<ClimbRow>> byRun =
          rows.stream().collect(Collectors.groupingBy(ClimbRow::run));
      return (int) byRun.values().stream().filter(ClimbRow::isRising).count();
    }

    /** The last row repeats the best image, so the row before it is the last improvement. */
    private static boolean isRising(List<ClimbRow> run) {
      int last = run.size() - 1;
      return last > 0 && run.get(last - 1).evaluations() >= LATE * run.get(last).evaluations();
    }

    private static void add(int run, long seed, ArmRun.Outcome outcome, List<ClimbRow> rows) {
      for (ArmRun.Step step : outcome.climb()) {
        rows.add(of(run, seed, step.evaluations(), step));
      }
      if (!outcome.climb().isEmpty()) {
        ArmRun.Step last = outcome.climb().get(outcome.climb().size() - 1);
        rows.add(of(run, seed, outcome.evaluations(), last));
      }
    }

    private static ClimbRow of(int run, long seed, long evaluations, ArmRun.Step step) {
      return new ClimbRow(
          run,
          seed,
          evaluations,
          step.catProbability(),
          step.edgeIndex(),
          OptionalInt.of(step.pixels()),
          step.seen().map(seen -> OptionalInt.of(seen.generation())).orElse(OptionalInt.empty()));
    }
  }
}
