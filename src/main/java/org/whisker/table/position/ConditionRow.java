package org.whisker.table.position;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.whisker.position.BiasDecision;
import org.whisker.position.ConditionMaps;
import org.whisker.position.EdgeBias;
import org.whisker.position.LogRatio;
import org.whisker.position.NullBand;
import org.whisker.position.Placement;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A condition, a row of a heatmap's {@code summary.csv}. What needs a black pixel is empty where
 * all runs are white.
 *
 * @param condition its label, unique in the table
 * @param edgeIndex mean E over runs: 0 at the border, ½ by chance
 * @param pValue of E = ½, two-sided
 * @param runs with a black pixel, which enter the mean
 * @param whiteRuns without one
 * @param pHolm corrected for the number of conditions
 * @param pEquivalence that E lies within the equivalence margin of ½
 * @param runsNeeded how many runs would decide, where these don't
 * @param pClustering of the mean against toroidal shifts of the same patterns, so many {@code
 *     shifts}
 * @param canvas WIDTHxHEIGHT
 * @param bandwidthPx standard deviation of all smoothing
 * @param shareOutsideNull share of pixels outside the pointwise band of {@code nullDraws} random
 *     maps
 * @param pMap of the whole map at once
 */
public record ConditionRow(
    String condition,
    OptionalDouble edgeIndex,
    OptionalDouble ciLow,
    OptionalDouble ciHigh,
    OptionalDouble pValue,
    int runs,
    int whiteRuns,
    OptionalDouble pHolm,
    OptionalDouble pEquivalence,
    String verdict,
    OptionalLong runsNeeded,
    OptionalDouble pClustering,
    OptionalInt shifts,
    double meanBlackPixels,
    String canvas,
    @Column(unit = "px") double bandwidthPx,
    @Column(unit = "share") OptionalDouble shareOutsideNull,
    OptionalDouble pMap,
    OptionalInt nullDraws) {
  public static final String FILE = "summary.csv";
  public static final Table<ConditionRow> TABLE = Table.of(ConditionRow.class);

  /** A row a condition, in their order; {@code decisions} are of the same conditions. */
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
