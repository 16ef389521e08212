package org.whisker.ablation.result;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.whisker.ablation.move.MovedPatterns;
import org.whisker.ablation.move.PatternMove;
import org.whisker.table.Column;
import org.whisker.table.Table;

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
    @Column(unit = "logit", meaning = "logit of not-cat of the moved image") double logit,
    @Column(
            unit = "logit",
            meaning =
                "logit of the moved image minus that of the original: above 0 is away "
                    + "from cat")
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
