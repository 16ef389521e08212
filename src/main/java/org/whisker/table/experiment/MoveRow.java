package org.whisker.table.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.whisker.ablation.move.MovedPatterns;
import org.whisker.ablation.move.PatternMove;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@value #FILE}: one evolved image, moved in one way.
 *
 * @param image its number, from 1
 * @param move its kind: roll, translate, shrink, mirror, invert or scatter
 * @param step how far: pixels, or the scale of shrink
 * @param direction of the move, in a word
 * @param pixels black pixels that are left
 * @param edgeIndex E of the moved image; empty when nothing is left
 * @param logit of not-cat of the moved image
 * @param deltaLogit that less the logit where it evolved: above 0 it is less of a cat
 * @param shareLost of what the image gains over the empty canvas; empty without a gain
 */
public record MoveRow(
    int image,
    String move,
    double step,
    String direction,
    @Column(unit = "px") int pixels,
    OptionalDouble edgeIndex,
    @Column(unit = "logit") double logit,
    @Column(unit = "logit") double deltaLogit,
    @Column(unit = "share") OptionalDouble shareLost) {
  public static final String FILE = "moves.csv";
  public static final Table<MoveRow> TABLE = Table.of(MoveRow.class);

  /** Every move of every image. */
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
