package org.whisker.position;

import java.util.List;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.whisker.image.Canvas;
import org.whisker.io.NativeFolders;
import org.whisker.parallel.Crew;
import org.whisker.value.Checks;

/** A named map over a canvas: one finite number per pixel, in a stated unit. Immutable. */
public final class PixelMap {
  private final String name;
  private final Canvas canvas;
  private final String unit;
  private final INDArray array;

  private PixelMap(String name, Canvas canvas, String unit, INDArray array) {
    this.name = name;
    this.canvas = canvas;
    this.unit = unit;
    this.array = array;
  }

  /**
   * A map of these row-major values.
   *
   * @param unit the unit of the values, as in a legend: "logits", "share of runs"
   * @throws IllegalArgumentException if they are not one finite value per pixel
   */
  public static PixelMap of(String name, Canvas canvas, String unit, double[] values) {
    if (values.length != canvas.pixels()) {
      throw new IllegalArgumentException(
          name + ": a " + canvas + " map has " + canvas.pixels() + " values, not " + values.length);
    }
    for (int i = 0; i < values.length; i++) {
      if (!Double.isFinite(values[i])) {
        throw new IllegalArgumentException(
            name + " at (" + canvas.x(i) + ", " + canvas.y(i) + ") is " + values[i]);
      }
    }
    Nd4jOnce.load();
    INDArray array = Nd4j.createFromArray(values).reshape('c', canvas.height(), canvas.width());
    return new PixelMap(name, canvas, unit, array);
  }

  public Canvas canvas() {
    return canvas;
  }

  public String unit() {
    return unit;
  }

  /**
   * The value at column x, row y.
   *
   * @throws IndexOutOfBoundsException if it is not on the canvas
   */
  public double at(int x, int y) {
    return at(canvas.index(x, y));
  }

  /** The value at a pixel's row-major index. */
  public double at(int index) {
    Objects.checkIndex(index, canvas.pixels());
    return array.getDouble(canvas.y(index), canvas.x(index));
  }

  /** All values, row-major; a copy. */
  public double[] values() {
    return array.dup('c').data().asDouble();
  }

  public double min() {
    return array.minNumber().doubleValue();
  }

  public double max() {
    return array.maxNumber().doubleValue();
  }

  public double mean() {
    return array.meanNumber().doubleValue();
  }

  /**
   * Smoothed by a Gaussian that is reflected at the borders.
   *
   * @param bandwidth standard deviation in pixels, above 0, at most the longer side
   */
  public PixelMap smoothed(double bandwidth) {
    try (Smoother smoother = new Smoother(canvas, bandwidth)) {
      return of(name, canvas, unit, smoother.smoothed(values()));
    }
  }

  /** A copy under another name and unit. */
  PixelMap renamed(String otherName, String otherUnit) {
    return new PixelMap(otherName, canvas, otherUnit, array);
  }

  @Override
  public String toString() {
    return name + " " + canvas + " in " + unit;
  }

  /**
   * Loads ND4J on a thread that does nothing else. ND4J sets OpenMP's number of threads for the
   * thread that loads it. There libtorch would then use that number, and with another number its
   * sums differ in their last bits.
   */
  private static final class Nd4jOnce {
    private static boolean loaded;

    private Nd4jOnce() {}

    static synchronized void load() {
      if (loaded) {
        return;
      }
      NativeFolders.choose();
      try (Crew another = new Crew(1)) {
        another.run(List.of(ended -> Nd4j.createFromArray(0.0)), RuntimeException.class);
      }
      loaded = true;
    }
  }

  /**
   * Smooths many maps of one canvas by the same Gaussian: two matrix products per map. Off-heap
   * arrays are freed at once, so that a thousand maps need no more memory than one.
   */
  static final class Smoother implements AutoCloseable {
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
      checked(bandwidth, Math.max(canvas.width(), canvas.height()));
      Nd4jOnce.load();
      down = Nd4j.createFromArray(weights(canvas.height(), bandwidth));
      // symmetric, so that it need not be transposed
      across = Nd4j.createFromArray(weights(canvas.width(), bandwidth));
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

    // Beyond 8 standard deviations a Gaussian is below 2e-14 of its peak.
    private static final double REACH = 8;

    /**
     * A Gaussian kernel along one axis whose part beyond a border is reflected back onto the canvas
     * (Silverman, Density Estimation, 1986, section 2.10).
     *
     * <p>Truncating the kernel at the border loses density there. Dividing by the kernel mass that
     * remains on the canvas corrects this only partly: when dividing at the smoothed pixel, a pixel
     * at the border has 0.69 times the weight of one in the centre (ln 2); when dividing at the
     * source, a uniform map becomes 0.69 on the border. Reflection restores all of it: every pixel
     * has a weight of exactly 1, and a uniform map stays uniform.
     *
     * <p>A symmetric matrix whose rows and columns sum to 1: [i][j] is the share of pixel j that
     * goes to i.
     *
     * @param bandwidth standard deviation in pixels
     */
    private static double[][] weights(int length, double bandwidth) {
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
    private static double checked(double bandwidth, int longerSide) {
      Checks.require(
          bandwidth > 0 && bandwidth <= longerSide,
          "bandwidth must be above 0 and at most the longer side (%s), was %s",
          longerSide,
          bandwidth);
      return bandwidth;
    }
  }
}
