package org.whisker.image;

/**
 * Adjacent rings of a canvas, pooled.
 *
 * @param from lower bound of the edge rank u, inclusive
 * @param to upper bound of u, exclusive (except 1, the end of the last bin)
 * @param nearest the least distance to the border among its pixels, in whole pixels
 * @param farthest the greatest
 * @param pixels how many pixels it has, at least 1
 */
public record EdgeBin(double from, double to, int nearest, int farthest, int pixels) {
  public EdgeBin {
    if (!(from >= 0 && from < to && to <= 1)) {
      throw new IllegalArgumentException("a bin of u runs upwards, was " + from + " to " + to);
    }
    if (nearest < 0 || nearest > farthest) {
      throw new IllegalArgumentException(
          "edge distances run upwards from 0, were " + nearest + " to " + farthest);
    }
    if (pixels < 1) {
      throw new IllegalArgumentException("a bin has at least 1 pixel, was " + pixels);
    }
  }

  /** The midpoint of its range of u: where to draw it. */
  public double middle() {
    return (from + to) / 2;
  }
}
