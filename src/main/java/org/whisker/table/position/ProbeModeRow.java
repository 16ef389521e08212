package org.whisker.table.position;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.whisker.position.BlockMap;
import org.whisker.stats.LinearAgreement;
import org.whisker.stats.TestResult;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A mode of a probe, a row of its {@code summary.csv}.
 *
 * @param mode {@code add} (to black) or {@code remove} (to white)
 * @param block side length, in pixels, of the block that is changed
 * @param baselineLogit logit of not-cat of the unchanged image
 * @param places number of places at which the change alters the image
 * @param shareHelping share of places with a Δlogit below 0, towards cat
 * @param meanDeltaLogit mean over places of the logit with the change minus the logit without
 * @param rhoEdgeRank rank correlation of edge rank and Δlogit, where it is defined
 * @param spearmanPredicted rank correlation of predicted and measured Δlogit; this and the next
 *     three are empty where undefined
 * @param slope slope of measured Δlogit over predicted Δlogit
 */
public record ProbeModeRow(
    String mode,
    @Column(unit = "px") int block,
    @Column(unit = "logit") double baselineLogit,
    int places,
    @Column(unit = "share") double shareHelping,
    @Column(unit = "logit") double meanDeltaLogit,
    OptionalDouble rhoEdgeRank,
    @Column(unit = "probability") OptionalDouble pEdgeRank,
    OptionalDouble spearmanPredicted,
    OptionalDouble pearsonPredicted,
    OptionalDouble slope,
    @Column(unit = "logit") OptionalDouble intercept) {
  public static final String FILE = "summary.csv";
  public static final Table<ProbeModeRow> TABLE = Table.of(ProbeModeRow.class);

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
