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
}
