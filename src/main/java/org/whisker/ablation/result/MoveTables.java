package org.whisker.ablation.result;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.whisker.ablation.move.MovedPatterns;
import org.whisker.ablation.move.MovedPatterns.MoveCurve;
import org.whisker.ablation.move.PatternMove;
import org.whisker.stats.Estimate;
import org.whisker.table.Column;
import org.whisker.table.Table;
import org.whisker.value.OptionalNumber;

/** Rows of the tables of moved patterns. */
public final class MoveTables {
  private MoveTables() {}

  /** A row of {@value #FILE}: one evolved image under one transformation. */
  public record MoveRow(
      @Column(meaning = "number of the image, from 1") int image,
      @Column(
              meaning =
                  "the kind of transformation: roll, translate, shrink, mirror, invert "
                      + "or scatter")
          String move,
      @Column(meaning = "distance in pixels, or scale factor for shrink") double step,
      @Column(meaning = "direction of the move, as one word") String direction,
      @Column(unit = "px", meaning = "number of black pixels left") int pixels,
      @Column(meaning = "edge index E of the moved image; empty when no black pixel is left")
          OptionalDouble edgeIndex,
      @Column(unit = "logit", meaning = "logit against the target of the moved image") double logit,
      @Column(
              unit = "logit",
              meaning =
                  "logit of the moved image minus that of the original: above 0 is away "
                      + "from the target")
          double deltaLogit,
      @Column(
              unit = "share",
              meaning =
                  "share of the image's gain over the empty canvas that is lost; empty "
                      + "without a gain")
          OptionalDouble shareLost) {
    public static final String FILE = "moves.csv";
    public static final Table<MoveRow> TABLE = Table.of(MoveRow.class, FILE);

    /** One row per image and move. */
    public static List<MoveRow> of(MovedPatterns patterns) {
      List<MoveRow> rows = new ArrayList<>();
      for (int i = 0; i < patterns.images(); i++) {
        double gain = patterns.gain(i);
        for (int m = 0; m < patterns.moves().size(); m++) {
          PatternMove move = patterns.moves().get(m);
          MovedPatterns.Moved moved = patterns.moved().get(i).get(m);
          double delta = patterns.delta(i, m);
          rows.add(
              new MoveRow(
                  i + 1,
                  move.kind(),
                  move.step(),
                  move.direction(),
                  moved.pixels(),
                  moved.edgeIndex(),
                  moved.logit(),
                  delta,
                  gain > 0 ? OptionalDouble.of(delta / gain) : OptionalDouble.empty()));
        }
      }
      return rows;
    }
  }

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
              meaning =
                  "mean change of the logit against the target; above 0 is away from the target")
          double deltaLogit,
      @Column(
              unit = "logit",
              meaning = "lower end of its 95 % confidence interval; empty for a single image")
          OptionalDouble ciLow,
      @Column(unit = "logit") OptionalDouble ciHigh,
      @Column(
              unit = "share",
              meaning = "mean change divided by the mean gain over the empty canvas")
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
                  OptionalNumber.ofNullable(estimate, of -> of.interval().low()),
                  OptionalNumber.ofNullable(estimate, of -> of.interval().high()),
                  point.lost(),
                  point.pixels()));
        }
      }
      return rows;
    }
  }
}
