package org.whisker.position;

import org.whisker.image.EdgeBins.EdgeBin;
import org.whisker.table.Column;

/** Adjacent rings of the canvas, as columns of a table. */
public record RingRange(
    @Column(meaning = "lower bound of the edge rank u, 0 at the border to 1 in the centre")
        double uFrom,
    @Column(meaning = "upper bound of u") double uTo,
    @Column(unit = "px", meaning = "smallest distance to the border among its pixels, in pixels")
        int pxNearest,
    @Column(unit = "px", meaning = "largest distance to the border, in pixels") int pxFarthest) {
  public static RingRange of(EdgeBin bin) {
    return new RingRange(bin.from(), bin.to(), bin.nearest(), bin.farthest());
  }

  /** The midpoint of its range of u, at which it is plotted. */
  public double middle() {
    return (uFrom + uTo) / 2;
  }
}
