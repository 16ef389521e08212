package org.whisker.table.position;

import org.whisker.image.EdgeBin;
import org.whisker.table.Column;

/**
 * Adjacent rings of the canvas, as columns of a table.
 *
 * @param uFrom lower bound of the edge rank u, 0 at the border to 1 in the centre
 * @param uTo upper bound of u
 * @param pxNearest smallest distance to the border among its pixels, in pixels
 * @param pxFarthest largest distance to the border, in pixels
 */
public record RingRange(
    double uFrom,
    double uTo,
    @Column(unit = "px") int pxNearest,
    @Column(unit = "px") int pxFarthest) {
  /** The range of rings of a bin. */
  public static RingRange of(EdgeBin bin) {
    return new RingRange(bin.from(), bin.to(), bin.nearest(), bin.farthest());
  }

  /** The midpoint of its range of u, at which it is plotted. */
  public double middle() {
    return (uFrom + uTo) / 2;
  }
}
