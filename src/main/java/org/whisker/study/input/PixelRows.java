package org.whisker.study.input;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.io.CsvRow;
import org.whisker.position.PixelContributions;

/** The rows of a CSV file that make up one image: x, y, and perhaps what the pixel contributes. */
final class PixelRows {
  static final String DELTA = "delta_logit";

  private final Canvas canvas;
  // The pixel above, its place among the rows below: sorted, they keep their contributions.
  private long[] keys = new long[16];
  private double[] contributions = new double[0];
  private int count;

  PixelRows(Canvas canvas) {
    this.canvas = canvas;
  }

  /** Adds one row, or complains of it by file and line. */
  void add(CsvRow row) throws IOException {
    int x = coordinate(row, "x", canvas.width());
    int y = coordinate(row, "y", canvas.height());
    if (count == keys.length) {
      keys = Arrays.copyOf(keys, 2 * count);
    }
    if (row.header().contains(DELTA)) {
      addContribution(row);
    }
    keys[count] = (long) canvas.index(x, y) << Integer.SIZE | count;
    count++;
  }

  private void addContribution(CsvRow row) throws IOException {
    double contribution = row.number(DELTA);
    if (!Double.isFinite(contribution)) {
      throw row.error(DELTA + " is " + contribution + ", expected a finite number");
    }
    if (count >= contributions.length) {
      contributions = Arrays.copyOf(contributions, keys.length);
    }
    contributions[count] = contribution;
  }

  /** A coordinate that lies on the canvas, or a complaint by file and line. */
  static int coordinate(CsvRow row, String column, int length) throws IOException {
    long value = row.integer(column);
    if (value < 0 || value >= length) {
      throw row.error(
          column + " is " + value + ", outside the canvas: it runs from 0 to " + (length - 1));
    }
    return (int) value;
  }

  /** Complains unless all these columns are there, also of a file without rows. */
  static void requireColumns(Path file, List<String> header, List<String> columns)
      throws IOException {
    for (String column : columns) {
      if (!header.contains(column)) {
        throw new IOException(
            file
                + ":1: has no column \""
                + column
                + "\"; it has "
                + String.join(", ", header)
                + ", needs "
                + String.join(", ", columns));
      }
    }
  }

  /**
   * The image.
   *
   * @param where what to call it when a pixel occurs twice
   */
  BlackPixels image(String where) throws IOException {
    Arrays.sort(keys, 0, count);
    int[] pixels = new int[count];
    for (int i = 0; i < count; i++) {
      pixels[i] = (int) (keys[i] >>> Integer.SIZE);
      if (i > 0 && pixels[i] == pixels[i - 1]) {
        throw new IOException(
            where + " has pixel (" + canvas.x(pixels[i]) + ", " + canvas.y(pixels[i]) + ") twice");
      }
    }
    return BlackPixels.ofSorted(canvas, pixels, count);
  }

  /** What its pixels contribute; for rows that have the column, after {@link #image}. */
  PixelContributions contributions(BlackPixels image) {
    double[] sorted = new double[count];
    for (int i = 0; i < count; i++) {
      sorted[i] = contributions[(int) keys[i]];
    }
    return new PixelContributions(image, sorted);
  }
}
