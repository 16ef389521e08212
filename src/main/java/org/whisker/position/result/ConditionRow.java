package org.whisker.position.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.whisker.position.ConditionMaps;
import org.whisker.position.EdgeBias;
import org.whisker.position.EdgeBias.BiasDecision;
import org.whisker.position.NullBand;
import org.whisker.position.Placement;
import org.whisker.position.Placement.LogRatio;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A condition, a row of a heatmap's {@code summary.csv}. Cells that require a black pixel are empty
 * when all runs are white.
 */
public record ConditionRow(
    @Column(meaning = "its label, unique in the table") String condition,
    @Column(
            meaning =
                "mean edge index E over runs: 0 at the border, 1 at the centre, ½ "
                    + "expected by chance")
        OptionalDouble edgeIndex,
    OptionalDouble ciLow,
    OptionalDouble ciHigh,
    @Column(unit = "probability", meaning = "two-sided p-value against E = ½")
        OptionalDouble pValue,
    @Column(meaning = "number of runs with at least one black pixel, which enter the mean")
        int runs,
    @Column(meaning = "number of runs without a black pixel") int whiteRuns,
    @Column(unit = "probability", meaning = "p-value corrected (Holm) over the conditions")
        OptionalDouble pHolm,
    @Column(
            unit = "probability",
            meaning = "uncorrected p-value of the equivalence test that E is near ½")
        OptionalDouble pEquivalence,
    @Column(
            meaning =
                "edge bias, centre bias, no bias or undecided; both tests corrected (Holm), and no"
                    + " bias only where as many runs could have shown one")
        String verdict,
    OptionalLong runsNeeded,
    @Column(
            unit = "probability",
            meaning =
                "p-value of the mean E against toroidal shifts of the same patterns; the"
                    + " column shifts has their number")
        OptionalDouble pClustering,
    OptionalInt shifts,
    double meanBlackPixels,
    @Column(meaning = "size of the canvas in pixels, as WIDTHxHEIGHT") String canvas,
    @Column(
            unit = "px",
            meaning = "standard deviation of the Gaussian used for all smoothing, in pixels")
        double bandwidthPx,
    @Column(
            unit = "share",
            meaning = "share of pixels outside the pointwise band of null_draws random maps")
        OptionalDouble shareOutsideNull,
    @Column(unit = "probability", meaning = "p-value of a global test of the whole map")
        OptionalDouble pMap,
    OptionalInt nullDraws) {
  public static final String FILE = "summary.csv";
  public static final Table<ConditionRow> TABLE = Table.of(ConditionRow.class, FILE);

  /** One row per condition, in order; {@code decisions} belong to the same conditions. */
  public static List<ConditionRow> of(
      List<ConditionMaps> conditions, List<Optional<BiasDecision>> decisions) {
    List<ConditionRow> rows = new ArrayList<>();
    for (int i = 0; i < conditions.size(); i++) {
      ConditionMaps condition = conditions.get(i);
      rows.add(decisions.get(i).map(decision -> of(condition, decision)).orElse(white(condition)));
    }
    return rows;
  }

  private static ConditionRow of(ConditionMaps condition, BiasDecision decision) {
    Placement p = condition.placement().orElseThrow();
    EdgeBias bias = p.bias();
    LogRatio ratio = p.logRatio();
    Optional<NullBand> band = ratio.band();
    double outside = (double) ratio.outside() / condition.canvas().pixels();
    return new ConditionRow(
        condition.label(),
        OptionalDouble.of(bias.edgeIndex()),
        bias.ciLow(),
        bias.ciHigh(),
        OptionalDouble.of(bias.pValue()),
        bias.runs(),
        bias.whiteRuns(),
        OptionalDouble.of(decision.pHolm()),
        p.pEquivalence(),
        decision.inWords(bias),
        decision.runsNeeded(),
        OptionalDouble.of(p.clustering().p()),
        OptionalInt.of(p.clustering().shifts()),
        condition.heatmap().meanPixels(),
        condition.canvas().toString(),
        condition.heatmap().bandwidth(),
        band.isPresent() ? OptionalDouble.of(outside) : OptionalDouble.empty(),
        band.isPresent() ? OptionalDouble.of(band.get().pMap()) : OptionalDouble.empty(),
        band.isPresent() ? OptionalInt.of(band.get().draws()) : OptionalInt.empty());
  }

  private static ConditionRow white(ConditionMaps condition) {
    OptionalDouble none = OptionalDouble.empty();
    return new ConditionRow(
        condition.label(),
        none,
        none,
        none,
        none,
        0,
        condition.heatmap().whiteRuns(),
        none,
        none,
        "",
        OptionalLong.empty(),
        none,
        OptionalInt.empty(),
        0,
        condition.canvas().toString(),
        condition.heatmap().bandwidth(),
        none,
        none,
        OptionalInt.empty());
  }

  /** Whether none of its runs has a black pixel. */
  public boolean isWhite() {
    return runs == 0;
  }
}
