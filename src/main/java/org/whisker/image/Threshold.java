package org.whisker.image;

import java.util.stream.IntStream;
import org.whisker.value.Checks;

/**
 * A binarisation threshold for gray pictures.
 *
 * @param gray pixels darker than this are black; 0 to 1
 */
public record Threshold(double gray) {
  private static final int LEVELS = 256;

  public Threshold {
    Checks.require(gray >= 0 && gray <= 1, "a threshold is 0 to 1, was %s", gray);
  }

  /**
   * Otsu's threshold over 256 gray levels: the one that maximises the variance between the darker
   * and the lighter pixels (N. Otsu, <em>A threshold selection method from gray-level
   * histograms</em>, 1979). Among ties, the middle one; ½ for a picture of a single gray.
   */
  public static Threshold otsu(GrayImage picture) {
    long[] histogram = new long[LEVELS];
    for (float each : picture.values()) {
      histogram[Math.round(Math.min(1, Math.max(0, each)) * (LEVELS - 1))]++;
    }
    double best = 0;
    int first = -1;
    int last = -1;
    for (int level = 0; level + 1 < LEVELS; level++) {
      double between = between(histogram, level);
      if (between > best) {
        best = between;
        first = level;
      }
      last = between == best ? level : last;
    }
    return new Threshold(first < 0 ? 0.5 : ((first + last) / 2.0 + 0.5) / (LEVELS - 1));
  }

  /** The between-class variance of the levels up to this one and those above. */
  private static double between(long[] histogram, int level) {
    double[] count = new double[2];
    double[] sum = new double[2];
    for (int i = 0; i < LEVELS; i++) {
      count[i <= level ? 0 : 1] += histogram[i];
      sum[i <= level ? 0 : 1] += (double) i * histogram[i];
    }
    if (count[0] == 0 || count[1] == 0) {
      return 0;
    }
    double apart = sum[0] / count[0] - sum[1] / count[1];
    return count[0] * count[1] * apart * apart;
  }

  /** The pixels darker than this. */
  public BlackPixels black(GrayImage picture) {
    Canvas canvas = picture.canvas();
    int[] black = IntStream.range(0, canvas.pixels()).filter(i -> picture.at(i) < gray).toArray();
    return BlackPixels.of(canvas, black);
  }
}
