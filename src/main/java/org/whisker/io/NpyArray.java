package org.whisker.io;

/** A matrix read from a {@code .npy} file, row-major, with its values widened to double. */
public final class NpyArray {
  private final int rows;
  private final int columns;
  private final double[] values;

  NpyArray(int rows, int columns, double[] values) {
    this.rows = rows;
    this.columns = columns;
    this.values = values;
  }

  public int rows() {
    return rows;
  }

  public int columns() {
    return columns;
  }

  public double get(int row, int column) {
    if (row < 0 || row >= rows || column < 0 || column >= columns) {
      throw new IndexOutOfBoundsException(
          "(" + row + ", " + column + ") in a matrix of " + rows + "x" + columns);
    }
    return values[row * columns + column];
  }

  /** A copy of all values, row by row. */
  public double[] values() {
    return values.clone();
  }
}
