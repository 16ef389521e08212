package org.whisker.image;

/**
 * A Gaussian blur with the picture mirrored at its borders (at the outer sides of the outermost
 * pixels), so that a uniform picture stays uniform and no gray enters from outside.
 */
public final class GaussianBlur {
  // beyond 6 standard deviations a Gaussian is below 2e-8 of its peak: less than a float resolves
  private static final double REACH = 6;

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
    double[] kernel = kernel(sigma);
    double[] rows = new double[canvas.pixels()];
    float[] both = new float[canvas.pixels()];
    for (int i = 0; i < rows.length; i++) {
      int x = canvas.x(i);
      int row = i - x;
      double sum = 0;
      for (int k = 0; k < kernel.length; k++) {
        sum += kernel[k] * picture.at(row + mirrored(x + k - kernel.length / 2, canvas.width()));
      }
      rows[i] = sum;
    }
    for (int i = 0; i < rows.length; i++) {
      int y = canvas.y(i);
      double sum = 0;
      for (int k = 0; k < kernel.length; k++) {
        int at = mirrored(y + k - kernel.length / 2, canvas.height());
        sum += kernel[k] * rows[at * canvas.width() + canvas.x(i)];
      }
      both[i] = (float) sum;
    }
    return new GrayImage(canvas, both);
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

  private static int mirrored(int i, int length) {
    int folded = Math.floorMod(i, 2 * length);
    return folded < length ? folded : 2 * length - 1 - folded;
  }
}
