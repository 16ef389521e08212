package org.whisker.position.result;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.whisker.position.BlockMap;
import org.whisker.stats.LinearAgreement;
import org.whisker.stats.TestResult;
import org.whisker.table.Column;
import org.whisker.table.Table;

/** A mode of a probe, a row of its {@code summary.csv}. */
public record ProbeModeRow(
    @Column(meaning = "add (to black) or remove (to white)") String mode,
    @Column(unit = "px", meaning = "side length, in pixels, of the block that is changed")
        int block,
    @Column(unit = "logit", meaning = "logit of not-cat of the unchanged image")
        double baselineLogit,
    @Column(meaning = "number of places at which the change alters the image") int places,
    @Column(unit = "share", meaning = "share of places with a Δlogit below 0, towards cat")
        double shareHelping,
    @Column(
            unit = "logit",
            meaning = "mean over places of the logit with the change minus the logit " + "without")
        double meanDeltaLogit,
    @Column(meaning = "rank correlation of edge rank and Δlogit, where it is defined")
        OptionalDouble rhoEdgeRank,
    @Column(unit = "probability") OptionalDouble pEdgeRank,
    @Column(
            meaning =
                "rank correlation of predicted and measured Δlogit; this and the next "
                    + "three are empty where undefined")
        OptionalDouble spearmanPredicted,
    OptionalDouble pearsonPredicted,
    @Column(meaning = "slope of measured Δlogit over predicted Δlogit") OptionalDouble slope,
    @Column(unit = "logit") OptionalDouble intercept) {
  public static final String FILE = "summary.csv";
  public static final Table<ProbeModeRow> TABLE = Table.of(ProbeModeRow.class, FILE);

  /** The row of a mode. */
  public static ProbeModeRow of(ProbeMode mode) {
    BlockMap map = mode.map();
    return new ProbeModeRow(
        mode.label(),
        map.probe().block(),
        map.baseline(),
        map.changed().length,
        map.helping(),
        map.mean(),
        number(mode.byEdgeRank(), TestResult::statistic),
        number(mode.byEdgeRank(), TestResult::p),
        number(mode.agreement(), LinearAgreement::spearman),
        number(mode.agreement(), LinearAgreement::pearson),
        number(mode.agreement(), LinearAgreement::slope),
        number(mode.agreement(), LinearAgreement::intercept));
  }

  private static <T> OptionalDouble number(Optional<T> of, Function<T, Double> number) {
    return of.isPresent() ? OptionalDouble.of(number.apply(of.get())) : OptionalDouble.empty();
  }

  /** Whether pixels are set to black rather than to white. */
  public boolean adds() {
    return mode.equals(ProbeMode.ADD);
  }
}
