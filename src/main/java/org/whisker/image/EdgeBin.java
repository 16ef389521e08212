package org.whisker.image;

/**
 * Neighbouring rings of a canvas, taken together.
 *
 * @param from least edge rank u that falls into the bin
 * @param to edge rank u that no longer does (except 1, the end of the last bin)
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

  /** The middle of its range of u: where to draw it. */
  public double middle() {
    return (from + to) / 2;
  }
}
