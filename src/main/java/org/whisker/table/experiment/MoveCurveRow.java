package org.whisker.table.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.whisker.ablation.move.MoveCurve;
import org.whisker.stats.Estimate;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@value #FILE}: the mean over all images of one transformation at one step.
 *
 * @param move the kind of transformation: roll, translate, shrink, mirror, invert or scatter
 * @param step distance in pixels, or scale factor for shrink
 * @param deltaLogit mean change of the logit of not-cat; above 0 is away from cat
 * @param ciLow lower end of its 95 % confidence interval; empty for a single image
 * @param ciHigh upper end of the interval
 * @param shareLost mean change divided by the mean gain over the empty canvas
 * @param pixels mean number of black pixels left
 */
public record MoveCurveRow(
    String move,
    double step,
    @Column(unit = "logit") double deltaLogit,
    @Column(unit = "logit") OptionalDouble ciLow,
    @Column(unit = "logit") OptionalDouble ciHigh,
    @Column(unit = "share") double shareLost,
    @Column(unit = "px") double pixels) {
  public static final String FILE = "move-curves.csv";
  public static final Table<MoveCurveRow> TABLE = Table.of(MoveCurveRow.class);

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
