package org.whisker.position;

import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.whisker.image.Canvas;
import org.whisker.io.NativeFolders;

/** A named map over a canvas: one finite number per pixel, in a stated unit. Immutable. */
public final class PixelMap {
  private final String name;
  private final Canvas canvas;
  private final String unit;
  private final INDArray array;

  private PixelMap(String name, Canvas canvas, String unit, INDArray array) {
    this.name = Objects.requireNonNull(name, "name");
    this.canvas = canvas;
    this.unit = Objects.requireNonNull(unit, "unit");
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
    NativeFolders.choose();
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
   * Smoothed by a Gaussian that is reflected at the borders; see {@code
   * Smoother.ReflectedGaussian}.
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
}
