package org.whisker.position.result;

import org.whisker.image.Canvas;
import org.whisker.position.PixelPair;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of a probe's {@code pairs.csv}: the effect of changing two blocks together. Coordinates are
 * those of a block's top left pixel, in pixels.
 */
public record PixelPairRow(
    PixelPair.Group group,
    int xA,
    int yA,
    int xB,
    int yB,
    @Column(unit = "px") double distance,
    @Column(unit = "logit", meaning = "change of the logit of not-cat by block a alone")
        double deltaA,
    @Column(unit = "logit") double deltaB,
    @Column(unit = "logit") double deltaBoth,
    @Column(
            unit = "logit",
            meaning = "joint effect minus the sum of the separate effects, in logits")
        double interaction) {
  public static final String FILE = "pairs.csv";
  public static final Table<PixelPairRow> TABLE = Table.of(PixelPairRow.class, FILE);

  /** The row of a pair. */
  public static PixelPairRow of(Canvas places, PixelPair pair) {
    int dx = places.x(pair.b()) - places.x(pair.a());
    int dy = places.y(pair.b()) - places.y(pair.a());
    return new PixelPairRow(
        pair.group(),
        places.x(pair.a()),
        places.y(pair.a()),
        places.x(pair.b()),
        places.y(pair.b()),
        Math.hypot(dx, dy),
        pair.deltaA(),
        pair.deltaB(),
        pair.deltaBoth(),
        pair.interaction());
  }
}
