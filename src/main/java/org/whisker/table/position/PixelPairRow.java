package org.whisker.table.position;

import org.whisker.image.Canvas;
import org.whisker.position.PixelPair;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * Two blocks changed together, a row of a probe's {@code pairs.csv}. Coordinates are those of a
 * block's top left pixel.
 *
 * @param deltaA Δlogit of not-cat by a alone
 * @param interaction what both do beyond the sum of each alone
 */
public record PixelPairRow(
    PixelPair.Group group,
    int xA,
    int yA,
    int xB,
    int yB,
    @Column(unit = "px") double distance,
    @Column(unit = "logit") double deltaA,
    @Column(unit = "logit") double deltaB,
    @Column(unit = "logit") double deltaBoth,
    @Column(unit = "logit") double interaction) {
  public static final String FILE = "pairs.csv";
  public static final Table<PixelPairRow> TABLE = Table.of(PixelPairRow.class);

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
