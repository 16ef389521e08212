package org.whisker.image;

import org.whisker.value.Checks;

/**
 * A grid of pixels. A pixel is its index in row-major order, counted from 0 at the top left: {@code
 * index = y * width + x}.
 *
 * @param width pixels in a row, at least 1
 * @param height rows, at least 1
 */
public record Canvas(int width, int height) {
  public Canvas {
    if (width < 1 || height < 1 || (long) width * height > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "canvas must be at least 1x1, was " + width + "x" + height);
    }
  }

  public static Canvas square(int side) {
    return new Canvas(side, side);
  }

  public int pixels() {
    return width * height;
  }

  public int index(int x, int y) {
    if (!contains(x, y)) {
      throw new IndexOutOfBoundsException("pixel (" + x + ", " + y + ") is not on " + this);
    }
    return y * width + x;
  }

  public int x(int index) {
    return index % width;
  }

  public int y(int index) {
    return index / width;
  }

  public boolean contains(int x, int y) {
    return x >= 0 && x < width && y >= 0 && y < height;
  }

  /**
   * Rejects images and regions of another size.
   *
   * @param what is checked
   */
  public void requireSame(String what, Canvas its) {
    Checks.require(its.equals(this), "%s is on a %s canvas, not %s", what, its, this);
  }

  /** Whole pixels to the nearest border: 0 on the border itself. */
  public int borderDistance(int index) {
    int x = x(index);
    int y = y(index);
    return Math.min(Math.min(x, width - 1 - x), Math.min(y, height - 1 - y));
  }

  @Override
  public String toString() {
    return width + "x" + height;
  }
}
