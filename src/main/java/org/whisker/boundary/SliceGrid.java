package org.whisker.boundary;

import java.util.List;

/**
 * A square grid of points over a plane. Rows are counted from the top, where y is largest, as in a
 * picture. The axes are scaled independently.
 *
 * @param left x of the first column
 * @param right x of the last column, above {@code left}
 * @param bottom y of the last row
 * @param top y of the first row, above {@code bottom}
 * @param size columns, and rows, at least 2
 */
public record SliceGrid(double left, double right, double bottom, double top, int size) {
  /** A grid of this size would take more than a day. */
  private static final int LARGEST = 2_000;

  public SliceGrid {
    if (size < 2 || size > LARGEST) {
      throw new IllegalArgumentException("a grid has 2 to " + LARGEST + " columns, was " + size);
    }
    if (!(left < right && bottom < top) || Double.isInfinite(right - left + top - bottom)) {
      throw new IllegalArgumentException(
          "no grid from (%s, %s) to (%s, %s)".formatted(left, bottom, right, top));
    }
  }

  /**
   * A grid over the bounding box of three points.
   *
   * @param margin extension beyond it on each side, as a fraction of its sides, at least 0
   */
  public static SliceGrid around(List<SlicePlane.Point> points, double margin, int size) {
    if (!(margin >= 0 && margin <= 10)) {
      throw new IllegalArgumentException("a margin is 0 to 10, was " + margin);
    }
    double left = points.stream().mapToDouble(SlicePlane.Point::x).min().orElseThrow();
    double right = points.stream().mapToDouble(SlicePlane.Point::x).max().orElseThrow();
    double bottom = points.stream().mapToDouble(SlicePlane.Point::y).min().orElseThrow();
    double top = points.stream().mapToDouble(SlicePlane.Point::y).max().orElseThrow();
    double beside = margin * (right - left);
    double beyond = margin * (top - bottom);
    return new SliceGrid(left - beside, right + beside, bottom - beyond, top + beyond, size);
  }

  /** The number of grid points. */
  public int places() {
    return size * size;
  }

  /** The column of a grid point. */
  public int column(int place) {
    return place % size;
  }

  /** The row of a grid point, 0 at the top. */
  public int row(int place) {
    return place / size;
  }

  /** The x of a column, which may be fractional. */
  public double x(double column) {
    return left + (right - left) * column / (size - 1);
  }

  /** The y of a row, which may be fractional. */
  public double y(double row) {
    return top - (top - bottom) * row / (size - 1);
  }
}
