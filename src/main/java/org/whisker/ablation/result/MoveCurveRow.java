package org.whisker.ablation.result;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.whisker.ablation.move.MoveCurve;
import org.whisker.stats.Estimate;
import org.whisker.table.Column;
import org.whisker.table.Table;

/** A row of {@value #FILE}: the mean over all images of one transformation at one step. */
public record MoveCurveRow(
    @Column(
            meaning =
                "the kind of transformation: roll, translate, shrink, mirror, invert "
                    + "or scatter")
        String move,
    @Column(meaning = "distance in pixels, or scale factor for shrink") double step,
    @Column(
            unit = "logit",
            meaning = "mean change of the logit of not-cat; above 0 is away from cat")
        double deltaLogit,
    @Column(
            unit = "logit",
            meaning = "lower end of its 95 % confidence interval; empty for a single image")
        OptionalDouble ciLow,
    @Column(unit = "logit", meaning = "upper end of the interval") OptionalDouble ciHigh,
    @Column(unit = "share", meaning = "mean change divided by the mean gain over the empty canvas")
        double shareLost,
    @Column(unit = "px", meaning = "mean number of black pixels left") double pixels) {
  public static final String FILE = "move-curves.csv";
  public static final Table<MoveCurveRow> TABLE = Table.of(MoveCurveRow.class, FILE);

  /** The points of all curves, in order. */
  public static List<MoveCurveRow> of(List<MoveCurve> curves) {
    List<MoveCurveRow> rows = new ArrayList<>();
    for (MoveCurve curve : curves) {
      for (MoveCurve.Point point : curve.points()) {
        @Nullable Estimate estimate = point.delta().estimate();
        rows.add(
            new MoveCurveRow(
                curve.kind(),
                point.step(),
                point.delta().mean(),
                low(estimate),
                high(estimate),
                point.lost(),
                point.pixels()));
      }
    }
    return rows;
  }

  static OptionalDouble low(@Nullable Estimate estimate) {
    return estimate == null ? OptionalDouble.empty() : OptionalDouble.of(estimate.interval().low());
  }

  static OptionalDouble high(@Nullable Estimate estimate) {
    return estimate == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(estimate.interval().high());
  }
}
