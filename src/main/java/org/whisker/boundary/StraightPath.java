package org.whisker.boundary;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.whisker.image.GrayImage;
import org.whisker.image.Raster;

/** The straight line in gray levels: (1 − t) · from + t · to, for t from 0 to 1. */
public final class StraightPath implements ImagePath {
  private final GrayImage from;
  private final GrayImage to;
  private final int steps;
  private final double tolerance;

  /**
   * @param steps number of equal parts into which the scan divides it, at least 1
   * @param tolerance width in t to which a bracket is bisected, above 0
   * @throws IllegalArgumentException if the pictures differ in size
   */
  public StraightPath(Raster from, Raster to, int steps, double tolerance) {
    if (steps < 1 || !(tolerance > 0)) {
      throw new IllegalArgumentException(
          "a line has at least 1 step and a tolerance above 0, was " + steps + ", " + tolerance);
    }
    Grays.sameCanvas(from, to);
    this.from = GrayImage.of(from);
    this.to = GrayImage.of(to);
    this.steps = steps;
    this.tolerance = tolerance;
  }

  @Override
  public double length() {
    return 1;
  }

  @Override
  public Raster at(double t) {
    if (!(t >= 0 && t <= 1)) {
      throw new IllegalArgumentException("t is 0 to 1, was " + t);
    }
    float[] a = from.values();
    float[] b = to.values();
    for (int i = 0; i < a.length; i++) {
      // this form gives both ends exactly
      a[i] = (float) ((1 - t) * a[i] + t * b[i]);
    }
    return new GrayImage(from.canvas(), a);
  }

  @Override
  public List<Double> scan() {
    return IntStream.rangeClosed(0, steps).mapToObj(i -> i / (double) steps).toList();
  }

  @Override
  public OptionalDouble between(double low, double high) {
    return high - low <= tolerance ? OptionalDouble.empty() : OptionalDouble.of((low + high) / 2);
  }
}
