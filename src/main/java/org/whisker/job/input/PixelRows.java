package org.whisker.job.input;

import java.io.IOException;
import java.util.Arrays;
import org.whisker.evolution.result.PixelRow;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.io.CsvRow;
import org.whisker.position.PixelContributions;

/** The rows of a CSV file that make up one image: x, y, and perhaps what the pixel contributes. */
final class PixelRows {
  private final Canvas canvas;
  // The pixel above, its place among the rows below: sorted, they keep their contributions.
  private long[] keys = new long[16];
  private double[] contributions = new double[0];
  private int count;

  PixelRows(Canvas canvas) {
    this.canvas = canvas;
  }

  /** Adds one row, or complains of it by file and line. */
  void add(PixelRow row, CsvRow at) throws IOException {
    int pixel = PixelRow.index(canvas, row.x(), row.y(), at);
    if (count == keys.length) {
      keys = Arrays.copyOf(keys, 2 * count);
    }
    if (at.header().contains(PixelRow.DELTA)) {
      addContribution(row, at);
    }
    keys[count] = (long) pixel << Integer.SIZE | count;
    count++;
  }

  private void addContribution(PixelRow row, CsvRow at) throws IOException {
    double contribution =
        row.deltaLogit()
            .orElseThrow(() -> at.error(PixelRow.DELTA + " is empty, expected a number"));
    if (!Double.isFinite(contribution)) {
      throw at.error(PixelRow.DELTA + " is " + contribution + ", expected a finite number");
    }
    if (count >= contributions.length) {
      contributions = Arrays.copyOf(contributions, keys.length);
    }
    contributions[count] = contribution;
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
