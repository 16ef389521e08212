package org.whisker.table.boundary;

import java.util.List;
import java.util.stream.IntStream;
import org.whisker.boundary.Removals;
import org.whisker.image.Canvas;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@code sets/START-TARGET.csv}: one pixel of a minimal set, scored by full forward
 * passes.
 */
public record SetPixelRow(
    @Column(unit = "px") int x,
    @Column(unit = "px") int y,
    @Column(
            unit = "logit",
            meaning =
                "logit with the pixel minus logit without it, given all other pixels; "
                    + "below 0 it is towards cat")
        float deltaLogit,
    @Column(unit = "logit") float logitWithout,
    @Column(unit = "probability") double pCatWithout) {
  public static final Table<SetPixelRow> TABLE = Table.of(SetPixelRow.class);

  /** The rows of a set, in the order of its pixels. */
  public static List<SetPixelRow> of(Removals set) {
    return IntStream.range(0, set.pixels().count()).mapToObj(i -> of(set, i)).toList();
  }

  private static SetPixelRow of(Removals set, int i) {
    Canvas canvas = set.pixels().canvas();
    int pixel = set.pixels().get(i);
    float without = set.without(i);
    return new SetPixelRow(
        canvas.x(pixel), canvas.y(pixel), set.delta(i), without, set.wanted().probability(without));
  }
}
