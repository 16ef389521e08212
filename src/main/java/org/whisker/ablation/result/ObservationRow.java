package org.whisker.ablation.result;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.whisker.ablation.AblationResult;
import org.whisker.ablation.Observation;
import org.whisker.ablation.VerdictAnswer;
import org.whisker.ablation.result.SummaryRow.ShownVerdict;
import org.whisker.stats.Estimate.Interval;
import org.whisker.table.Column;
import org.whisker.table.Table;
import org.whisker.value.OptionalNumber;

/**
 * A row of {@value #FILE}: one statistic of the control's evolved images against its null value.
 */
public record ObservationRow(
    @Column(meaning = "the measured quantity") String observed,
    @Column(meaning = "the null hypothesis, under which the effect is 0") String against,
    @Column(meaning = "kind of statistic, as one word") String statistic,
    @Column(meaning = "the mean over runs minus the null value, in the statistic's unit")
        double effect,
    @Column(
            meaning =
                "lower end of its 95 % confidence interval; empty when individual "
                    + "runs have no value")
        OptionalDouble ciLow,
    OptionalDouble ciHigh,
    @Column(unit = "probability", meaning = "uncorrected p-value; empty for fewer than two runs")
        OptionalDouble pValue,
    @Column(
            unit = "probability",
            meaning = "p-value corrected by Shaffer's method over the experiment's observations")
        OptionalDouble pShaffer,
    @Column(
            unit = "probability",
            meaning =
                "p-value of the equivalence test (TOST) that the effect lies within the margin; empty of"
                    + " fewer than six runs")
        OptionalDouble pEquivalence,
    @Column(meaning = "equivalence margin, in the statistic's unit") OptionalDouble margin,
    @Column(meaning = VerdictAnswer.MEANING) String verdict,
    @Column(
            meaning =
                "estimated number of runs needed for a decision, when undecided and " + "known")
        OptionalLong runsNeeded,
    @Column(meaning = "number of runs that have a value") int runs,
    @Column(meaning = "number of runs without a value") int dropped) {
  public static final String FILE = "observations.csv";
  public static final Table<ObservationRow> TABLE = Table.of(ObservationRow.class, FILE);

  /** The verdict; beside an interval that excludes 0, also why it is undecided. */
  public String shownVerdict() {
    return ShownVerdict.of(verdict, ciLow, ciHigh, pValue, pShaffer, runs);
  }

  /** The observations of an experiment; empty when it has none. */
  public static List<ObservationRow> of(AblationResult result) {
    return result.observations().stream().map(ObservationRow::of).toList();
  }

  public static ObservationRow of(Observation o) {
    @Nullable Interval interval = o.interval();
    boolean tested = o.runs() >= 2;
    return new ObservationRow(
        o.name(),
        o.against(),
        o.statistic(),
        o.effect(),
        OptionalNumber.ofNullable(interval, Interval::low),
        OptionalNumber.ofNullable(interval, Interval::high),
        tested ? OptionalDouble.of(o.p()) : OptionalDouble.empty(),
        tested ? OptionalDouble.of(o.pShaffer()) : OptionalDouble.empty(),
        o.pEquivalence(),
        o.margin(),
        VerdictAnswer.label(o),
        o.runsNeeded(),
        o.runs(),
        o.dropped());
  }

  /**
   * The observations of an experiment on a model.
   *
   * @param rows rows of its {@code observations.csv}; empty when it has no observations
   */
  public record ExperimentObservations(String experiment, String model, List<ObservationRow> rows) {
    public ExperimentObservations {
      rows = List.copyOf(rows);
    }
  }
}
