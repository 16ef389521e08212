package org.whisker.image;

import java.util.Arrays;

/**
 * A Gaussian blur with the picture mirrored at its borders (at the outer sides of the outermost
 * pixels), so that a uniform picture stays uniform and no gray enters from outside.
 */
public final class GaussianBlur {
  // beyond 6 standard deviations a Gaussian is below 2e-8 of its peak: less than a float resolves
  private static final double REACH = 6;

  /** Multiply-adds, some ten seconds. */
  private static final double MOST = 1e10;

  private GaussianBlur() {}

  /**
   * The blurred picture.
   *
   * @param sigma standard deviation in pixels, above 0
   */
  public static GrayImage of(GrayImage picture, double sigma) {
    if (!(sigma > 0 && sigma < Integer.MAX_VALUE / REACH)) {
      throw new IllegalArgumentException("a blur's sigma is above 0 pixels, was " + sigma);
    }
    Canvas canvas = picture.canvas();
    double work = 2.0 * canvas.pixels() * (2 * REACH * sigma + 1);
    if (work > MOST) {
      throw new IllegalArgumentException(
          "a blur of %s pixels is too wide for a picture of %s; take a narrower one, or a smaller picture"
              .formatted(sigma, canvas));
    }
    double[] kernel = kernel(sigma);
    double[] rows = new double[canvas.pixels()];
    float[] both = new float[canvas.pixels()];
    int[] columns = mirrored(kernel.length, canvas.width());
    for (int i = 0; i < rows.length; i++) {
      int x = canvas.x(i);
      int row = i - x;
      double sum = 0;
      for (int k = 0; k < kernel.length; k++) {
        sum += kernel[k] * picture.at(row + columns[x + k]);
      }
      rows[i] = sum;
    }
    int[] lines = mirrored(kernel.length, canvas.height());
    double[] line = new double[canvas.width()];
    for (int y = 0; y < canvas.height(); y++) {
      Arrays.fill(line, 0);
      for (int k = 0; k < kernel.length; k++) {
        int at = lines[y + k] * line.length;
        for (int x = 0; x < line.length; x++) {
          line[x] += kernel[k] * rows[at + x];
        }
      }
      for (int x = 0; x < line.length; x++) {
        both[y * line.length + x] = (float) line[x];
      }
    }
    return new GrayImage(canvas, both);
  }

  /** Blurs each plane by {@link #of(GrayImage, double)}. */
  public static PlanarImage of(PlanarImage picture, double sigma) {
    return picture.eachPlane(plane -> of(plane, sigma));
  }

  /**
   * The places that a kernel reads: its number {@code k} at place {@code i} reads that of index
   * {@code i + k}. Beyond the borders the line is mirrored.
   */
  private static int[] mirrored(int kernel, int length) {
    int[] at = new int[length + kernel - 1];
    for (int i = 0; i < at.length; i++) {
      int folded = Math.floorMod(i - kernel / 2, 2 * length);
      at[i] = folded < length ? folded : 2 * length - 1 - folded;
    }
    return at;
  }

  private static double[] kernel(double sigma) {
    int reach = (int) Math.ceil(REACH * sigma);
    double[] kernel = new double[2 * reach + 1];
    double sum = 0;
    for (int k = 0; k < kernel.length; k++) {
      double z = (k - reach) / sigma;
      kernel[k] = Math.exp(-z * z / 2);
      sum += kernel[k];
    }
    for (int k = 0; k < kernel.length; k++) {
      kernel[k] /= sum;
    }
    return kernel;
  }
}
