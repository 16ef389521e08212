package org.whisker.table.boundary;

import java.util.List;
import java.util.stream.IntStream;
import org.whisker.boundary.Binarised;
import org.whisker.boundary.Counterfactual;
import org.whisker.boundary.Removals;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.table.Column;
import org.whisker.table.Table;

/** A row of {@code images/N/flips.csv}: one flipped pixel of a counterfactual. */
public record FlipRow(
    @Column(unit = "px") int x,
    @Column(unit = "px") int y,
    @Column(unit = "gray", meaning = "its gray before, 0 (black) to 1 (white)") float from,
    @Column(unit = "gray", meaning = "its gray after") float to,
    @Column(
            unit = "logit",
            meaning =
                "logit with the flip minus logit without it, given all other flips; "
                    + "above 0 it is away from cat")
        float deltaLogit,
    @Column(unit = "logit", meaning = "logit after this flip alone minus logit of the original")
        float deltaLogitAlone) {
  /** The name of the file. */
  public static final String FILE = "flips.csv";

  public static final Table<FlipRow> TABLE = Table.of(FlipRow.class, FILE);

  /** The rows of all flips that were found. */
  public static List<FlipRow> of(Counterfactual counterfactual, Removals flips) {
    return IntStream.range(0, flips.pixels().count())
        .mapToObj(i -> of(counterfactual, flips, i))
        .toList();
  }

  private static FlipRow of(Counterfactual counterfactual, Removals flips, int i) {
    Binarised cat = counterfactual.cat();
    Canvas canvas = cat.image().canvas();
    int pixel = flips.pixels().get(i);
    boolean ink = cat.image().contains(pixel);
    return new FlipRow(
        canvas.x(pixel),
        canvas.y(pixel),
        ink ? cat.tones().ink() : cat.tones().background(),
        ink ? cat.tones().background() : cat.tones().ink(),
        flips.delta(i),
        counterfactual.deltaAlone(i));
  }

  /** The flipped pixels. */
  public static BlackPixels pixels(Canvas canvas, List<FlipRow> flips) {
    return BlackPixels.of(
        canvas, flips.stream().mapToInt(flip -> canvas.index(flip.x, flip.y)).toArray());
  }
}
