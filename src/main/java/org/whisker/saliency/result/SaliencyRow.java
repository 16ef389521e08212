package org.whisker.saliency.result;

import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.Attribution.Diagnostic;
import org.whisker.saliency.RadialProfile.MapEdgeIndex;
import org.whisker.saliency.RadialProfile.SaliencyProfile;
import org.whisker.saliency.SaliencyMap;
import org.whisker.stats.TestResult;
import org.whisker.table.Column;
import org.whisker.table.Table;
import org.whisker.value.OptionalNumber;

/** A row of {@code summary.csv}: one method's map of one image. The logit is of not-cat. */
public record SaliencyRow(
    @Column(meaning = "short name of the image") String image,
    @Column(meaning = "its source file, or white") String file,
    String method,
    @Column(meaning = "settings of the method; empty when it has none") String settings,
    @Column(meaning = "unit of the map's values") String unit,
    @Column(meaning = "meaning of the sign of the map's values") String sign,
    @Column(unit = "px") int width,
    @Column(unit = "px") int height,
    @Column(meaning = "whether the image was resized to the classifier's input size")
        boolean resized,
    @Column(unit = "logit") double logit,
    @Column(unit = "probability") double pTarget,
    @Column(meaning = "whether the map is 0 everywhere") boolean zero,
    @Column(meaning = "mean of |value|, in the map's unit") double meanAbsolute,
    @Column(meaning = "largest |value|, in the map's unit") double largestAbsolute,
    @Column(
            meaning =
                "mean edge rank weighted by |value|: 0.5 for a uniform map, less is "
                    + "nearer the border; empty for a zero map")
        OptionalDouble edgeIndex,
    @Column(unit = "probability", meaning = "two-sided p-value against toroidal shifts of the map")
        OptionalDouble pEdgeIndex,
    @Column(
            meaning =
                "mean of |value| in the outermost ring, relative to that of the whole " + "map")
        OptionalDouble borderRelative,
    @Column(
            meaning =
                "Spearman's rho of the edge rank (0 at the border) and |value|; empty "
                    + "when |value| is constant or the canvas has a single ring")
        OptionalDouble rhoEdgeRank,
    @Column(unit = "probability", meaning = "two-sided p-value against toroidal shifts of the map")
        OptionalDouble pEdgeRank,
    int shifts,
    @Nullable Diagnostics diagnostics) {
  public static final Table<SaliencyRow> TABLE = Table.of(SaliencyRow.class);

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
        OptionalNumber.of(of.edgeIndex(), MapEdgeIndex::index),
        OptionalNumber.of(of.edgeIndex(), MapEdgeIndex::p),
        profile.bins().get(0).relative(),
        OptionalNumber.of(byEdgeRank, TestResult::statistic),
        OptionalNumber.of(byEdgeRank, TestResult::p),
        of.profile().shifts(),
        Diagnostics.of(of.attribution()));
  }

  /** The diagnostics that the method reports for its own map. */
  public Diagnostics diagnosed() {
    return diagnostics == null ? Diagnostics.NONE : diagnostics;
  }

  /**
   * The size of the completeness error as a share of the change of the logit from the baseline;
   * empty where there is no baseline, or no change.
   */
  public OptionalDouble completenessShare() {
    Diagnostics known = diagnosed();
    double change = Math.abs(logit - known.baselineLogit().orElse(logit));
    return known.completenessError().isEmpty() || change == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(Math.abs(known.completenessError().getAsDouble()) / change);
  }

  private static double largest(SaliencyMap map) {
    double largest = 0;
    for (float value : map.values()) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  /**
   * The diagnostics that a method reports for its own map, see {@link Diagnostic}; empty for those
   * that it does not report.
   */
  public record Diagnostics(
      OptionalDouble baselineLogit,
      OptionalDouble completenessError,
      OptionalDouble windows,
      OptionalDouble scored,
      OptionalDouble unchanged,
      OptionalDouble duplicates,
      OptionalDouble coverageMin,
      OptionalDouble coverageMax,
      OptionalDouble verified,
      OptionalDouble largestDifference,
      OptionalDouble samples,
      OptionalDouble meanStandardError,
      OptionalDouble steps,
      OptionalDouble noise,
      @Column(unit = "probability") OptionalDouble noisyPTarget) {
    /** The diagnostics of a method that reports none. */
    static final Diagnostics NONE =
        new Diagnostics(
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty());

    static Diagnostics of(Attribution map) {
      return new Diagnostics(
          map.diagnostic(Diagnostic.BASELINE_LOGIT),
          map.diagnostic(Diagnostic.COMPLETENESS_ERROR),
          map.diagnostic(Diagnostic.WINDOWS),
          map.diagnostic(Diagnostic.SCORED),
          map.diagnostic(Diagnostic.UNCHANGED),
          map.diagnostic(Diagnostic.DUPLICATES),
          map.diagnostic(Diagnostic.COVERAGE_MIN),
          map.diagnostic(Diagnostic.COVERAGE_MAX),
          map.diagnostic(Diagnostic.VERIFIED),
          map.diagnostic(Diagnostic.LARGEST_DIFFERENCE),
          map.diagnostic(Diagnostic.SAMPLES),
          map.diagnostic(Diagnostic.MEAN_STANDARD_ERROR),
          map.diagnostic(Diagnostic.STEPS),
          map.diagnostic(Diagnostic.NOISE),
          map.diagnostic(Diagnostic.NOISY_P_TARGET));
    }
  }
}
