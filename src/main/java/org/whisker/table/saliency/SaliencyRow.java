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
 * A row of {@code summary.csv}: one method's map of one image. The logit is of not-cat.
 *
 * @param image short name of the image
 * @param file its source file, or {@code white}
 * @param settings settings of the method; empty when it has none
 * @param unit of the map's values
 * @param sign meaning of the sign of the map's values
 * @param resized whether the image was resized to the classifier's input size
 * @param zero whether the map is 0 everywhere
 * @param meanAbsolute mean of |value|, in the map's unit
 * @param largestAbsolute largest |value|, in the map's unit
 * @param edgeIndex mean edge rank weighted by |value|: 0.5 for a uniform map, less is nearer the
 *     border; empty for a zero map
 * @param pEdgeIndex two-sided p-value against toroidal shifts of the map
 * @param borderRelative mean of |value| in the outermost ring, relative to that of the whole map
 * @param rhoEdgeRank Spearman's rho of the edge rank (0 at the border) and |value|; empty when
 *     |value| is constant or the canvas has a single ring
 * @param pEdgeRank two-sided p-value against toroidal shifts of the map
 * @param shifts number of random shifts
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
    @Column(unit = "probability") OptionalDouble pEdgeIndex,
    OptionalDouble borderRelative,
    OptionalDouble rhoEdgeRank,
    @Column(unit = "probability") OptionalDouble pEdgeRank,
    int shifts,
    @Nullable MapDiagnostics diagnostics) {
  /** The table of these rows. */
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

  /** The diagnostics that the method reports for its own map. */
  public MapDiagnostics diagnosed() {
    return diagnostics == null ? MapDiagnostics.NONE : diagnostics;
  }

  /**
   * The size of the completeness error as a share of the change of the logit from the baseline;
   * empty where there is no baseline, or no change.
   */
  public OptionalDouble completenessShare() {
    MapDiagnostics known = diagnosed();
    double change = Math.abs(logit - known.baselineLogit().orElse(logit));
    return known.completenessError().isEmpty() || change == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.abs(known.completenessError().getAsDouble()) / change);
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
