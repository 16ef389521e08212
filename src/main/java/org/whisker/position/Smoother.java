package org.whisker.position;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.whisker.image.Canvas;
import org.whisker.io.NativeFolders;

/**
 * Smooths many maps of one canvas by the same {@link ReflectedGaussian}: two matrix products per
 * map. Off-heap arrays are freed at once, so that a thousand maps need no more memory than one.
 */
final class Smoother implements AutoCloseable {
  private final Canvas canvas;
  private final INDArray down;
  private final INDArray across;

  /**
   * Prepares the kernel.
   *
   * @param bandwidth standard deviation in pixels, above 0, at most the longer side
   */
  Smoother(Canvas canvas, double bandwidth) {
    this.canvas = canvas;
    ReflectedGaussian.checked(bandwidth, Math.max(canvas.width(), canvas.height()));
    NativeFolders.choose();
    down = Nd4j.createFromArray(ReflectedGaussian.weights(canvas.height(), bandwidth));
    // symmetric, so that it need not be transposed
    across = Nd4j.createFromArray(ReflectedGaussian.weights(canvas.width(), bandwidth));
  }

  /** The row-major values of one map, smoothed. */
  double[] smoothed(double[] values) {
    try (INDArray flat = Nd4j.createFromArray(values);
        INDArray rows = down.mmul(flat.reshape('c', canvas.height(), canvas.width()));
        INDArray both = rows.mmul(across);
        INDArray rowMajor = both.dup('c')) {
      return rowMajor.data().asDouble();
    }
  }

  @Override
  public void close() {
    down.close();
    across.close();
  }

  /**
   * A Gaussian kernel along one axis whose part beyond a border is reflected back onto the canvas
   * (Silverman, Density Estimation, 1986, section 2.10).
   *
   * <p>Truncating the kernel at the border loses density there. Dividing by the kernel mass that
   * remains on the canvas corrects this only partly: when dividing at the smoothed pixel, a pixel
   * at the border has 0.69 times the weight of one in the centre (ln 2); when dividing at the
   * source, a uniform map becomes 0.69 on the border. Reflection restores all of it: every pixel
   * has a weight of exactly 1, and a uniform map stays uniform.
   */
  private static final class ReflectedGaussian {
    // Beyond 8 standard deviations a Gaussian is below 2e-14 of its peak.
    private static final double REACH = 8;

    private ReflectedGaussian() {}

    /**
     * A symmetric matrix whose rows and columns sum to 1: [i][j] is the share of pixel j that goes
     * to i.
     *
     * @param bandwidth standard deviation in pixels
     */
    static double[][] weights(int length, double bandwidth) {
      double[] kernel = kernel(bandwidth);
      int reach = kernel.length / 2;
      double[][] weights = new double[length][length];
      for (int i = 0; i < length; i++) {
        for (int d = -reach; d <= reach; d++) {
          weights[i][reflected(i + d, length)] += kernel[d + reach];
        }
      }
      return weights;
    }

    private static double[] kernel(double bandwidth) {
      int reach = (int) Math.ceil(REACH * bandwidth);
      double[] kernel = new double[2 * reach + 1];
      double sum = 0;
      for (int i = 0; i < kernel.length; i++) {
        double z = (i - reach) / bandwidth;
        kernel[i] = Math.exp(-z * z / 2);
        sum += kernel[i];
      }
      for (int i = 0; i < kernel.length; i++) {
        kernel[i] /= sum;
      }
      return kernel;
    }

    /** Mirrors at the outer sides of the first and last pixel, as often as needed. */
    private static int reflected(int i, int length) {
      int folded = Math.floorMod(i, 2 * length);
      return folded < length ? folded : 2 * length - 1 - folded;
    }

    /** Returns the bandwidth if it is valid for a canvas with this longer side. */
    static double checked(double bandwidth, int longerSide) {
      if (!(bandwidth > 0 && bandwidth <= longerSide)) {
        throw new IllegalArgumentException(
            "bandwidth must be above 0 and at most the longer side ("
                + longerSide
                + "), was "
                + bandwidth);
      }
      return bandwidth;
    }
  }
}
