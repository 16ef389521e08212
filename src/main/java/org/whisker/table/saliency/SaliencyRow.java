package org.whisker.table.saliency;

import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.whisker.saliency.MapEdgeIndex;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.SaliencyProfile;
import org.whisker.stats.TestResult;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@code summary.csv}: one method's map of one picture. The logit is of not-cat.
 *
 * @param image the picture, by its short name
 * @param file where it is from, or {@code white}
 * @param settings what the method was set to; empty where there is nothing to set
 * @param unit of the map's values
 * @param sign what the sign of the map's values says
 * @param resized whether the picture had another size than the classifier takes
 * @param zero whether the map is 0 everywhere
 * @param meanAbsolute mean of |value|, in the map's unit
 * @param largestAbsolute greatest |value|
 * @param edgeIndex where the weight |value| lies: 0.5 is alike everywhere, less is nearer the
 *     border; empty for a zero map
 * @param pEdgeIndex two-sided, against the same map shifted at random
 * @param borderRelative mean of |value| in the outermost ring, over that of the whole map
 * @param rhoEdgeRank Spearman's rho of the edge rank (0 at the border) and |value|; empty where all
 *     is alike, or the canvas has a single ring
 * @param pEdgeRank two-sided, against the same map shifted at random
 * @param shifts how many were drawn
 */
public record SaliencyRow(
    String image,
    String file,
    String method,
    String settings,
    String unit,
    String sign,
    @Column(unit = "px") int width,
    @Column(unit = "px") int height,
    @Column(spelled = true) boolean resized,
    @Column(unit = "logit") double logit,
    @Column(unit = "probability") double pCat,
    @Column(spelled = true) boolean zero,
    double meanAbsolute,
    double largestAbsolute,
    OptionalDouble edgeIndex,
    OptionalDouble pEdgeIndex,
    OptionalDouble borderRelative,
    OptionalDouble rhoEdgeRank,
    OptionalDouble pEdgeRank,
    int shifts,
    @Nullable MapDiagnostics diagnostics) {
  /** The table. */
  public static final Table<SaliencyRow> TABLE = Table.of(SaliencyRow.class);

  /** The row of a map. */
  public static SaliencyRow of(ExplainedMap of) {
    SaliencyMap map = of.map();
    SaliencyProfile profile = of.profile().profile();
    Optional<TestResult> byEdgeRank = of.profile().byEdgeRank();
    return new SaliencyRow(
        of.picture().name(),
        of.picture().file(),
        of.method(),
        of.settings(),
        map.unit(),
        map.sign().legend(),
        map.canvas().width(),
        map.canvas().height(),
        of.picture().resized(),
        of.picture().logit(),
        of.picture().cat(),
        map.isZero(),
        profile.meanAbsolute(),
        largest(map),
        number(of.edgeIndex().map(MapEdgeIndex::index)),
        number(of.edgeIndex().map(MapEdgeIndex::p)),
        profile.bins().get(0).relative(),
        number(byEdgeRank.map(TestResult::statistic)),
        number(byEdgeRank.map(TestResult::p)),
        of.profile().shifts(),
        MapDiagnostics.of(of.attribution()));
  }

  /** What the method knows of its own map. */
  public MapDiagnostics diagnosed() {
    return diagnostics == null ? MapDiagnostics.NONE : diagnostics;
  }

  private static OptionalDouble number(Optional<Double> value) {
    return value.isPresent() ? OptionalDouble.of(value.get()) : OptionalDouble.empty();
  }

  private static double largest(SaliencyMap map) {
    double largest = 0;
    for (float value : map.values()) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
