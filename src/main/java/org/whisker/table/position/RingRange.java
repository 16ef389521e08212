package org.whisker.table.position;

import org.whisker.image.EdgeBin;
import org.whisker.table.Column;

/**
 * Adjacent rings of the canvas, as columns of a table.
 *
 * @param uFrom lower bound of the edge rank u, 0 at the border to 1 in the centre
 * @param uTo upper bound of u
 * @param pxNearest the least distance to the border among its pixels
 * @param pxFarthest the greatest
 */
public record RingRange(
    double uFrom,
    double uTo,
    @Column(unit = "px") int pxNearest,
    @Column(unit = "px") int pxFarthest) {
  /** The rings of a bin. */
  public static RingRange of(EdgeBin bin) {
    return new RingRange(bin.from(), bin.to(), bin.nearest(), bin.farthest());
  }

  /** The midpoint of its range of u: where to draw it. */
  public double middle() {
    return (uFrom + uTo) / 2;
  }
}
