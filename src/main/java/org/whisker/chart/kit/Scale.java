package org.whisker.chart.kit;

import org.whisker.value.Checks;

/**
 * The colour scale of a map. Maps that are to be compared share a scale.
 *
 * @param min value of the first colour
 * @param max value of the last colour, above {@code min}
 * @param unit unit or name of the quantity, shown beside the colour bar
 * @param shape how values between them are spread
 */
public record Scale(double min, double max, String unit, Shape shape) {
  /** How values are spread over the colours. */
  public enum Shape {
    LINEAR,
    /**
     * Colours follow square roots from {@link #min}, so that one hot spot does not flatten the
     * rest.
     */
    SQUARE_ROOT,
    /**
     * Colours follow logarithms on both sides of 0, and are about linear within a {@value
     * Scale#FINEST}th of the ends, so that the sign of small values shows beside large ones.
     */
    SYMMETRIC_LOG,
    /** All values are the one in the middle, so there is nothing to compare. */
    SINGLE
  }

  static final int FINEST = 200;

  public Scale {
    Checks.refuse(!(min < max) || Double.isInfinite(max - min), "no scale from %s to %s", min, max);
  }

  /** Creates a linear scale. */
  public Scale(double min, double max, String unit) {
    this(min, max, unit, Shape.LINEAR);
  }

  /** The scale of maps that have one value everywhere. */
  public static Scale single(double value, String unit) {
    double around = Math.max(Math.abs(value), 1) / 2;
    return new Scale(value - around, value + around, unit, Shape.SINGLE);
  }

  /** Returns a scale with the same ends, spread as square roots. */
  public Scale squareRoot() {
    return new Scale(min, max, unit, Shape.SQUARE_ROOT);
  }

  /**
   * Returns a scale with the same ends, which are equally far from 0, spread as logarithms on both
   * sides of it.
   */
  public Scale symmetricLog() {
    return shape == Shape.SINGLE ? this : new Scale(min, max, unit, Shape.SYMMETRIC_LOG);
  }

  /** What a colour bar says of the quantity. */
  String label() {
    return switch (shape) {
      case SQUARE_ROOT -> unit + ", square-root scale";
      case SYMMETRIC_LOG -> unit + ", logarithmic scale on both sides of 0";
      case LINEAR, SINGLE -> unit;
    };
  }

  /** A scale from −bound to +bound, for signed values. */
  public static Scale symmetric(double bound, String unit) {
    return new Scale(-bound, bound, unit);
  }

  /** A scale from the minimum to the maximum of all values except NaN, for maps side by side. */
  public static Scale covering(String unit, float[]... maps) {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (float[] map : maps) {
      for (float v : map) {
        if (!Float.isNaN(v)) {
          min = Math.min(min, v);
          max = Math.max(max, v);
        }
      }
    }
    Checks.refuse(min > max, "no value to draw a scale from");
    return min == max ? single(min, unit) : new Scale(min, max, unit);
  }

  /** The scale that covers all values, symmetric about 0. */
  public static Scale symmetricCovering(String unit, float[]... maps) {
    Scale tight = covering(unit, maps);
    return tight.shape == Shape.SINGLE && tight.position(0) == 0.5
        ? tight // 0 everywhere
        : symmetric(Math.max(Math.abs(tight.min), Math.abs(tight.max)), unit);
  }

  /** The position of {@code value} on the scale: 0 at min, 1 at max, outside [0, 1] beyond them. */
  public double position(double value) {
    double share = (value - min) / (max - min);
    return switch (shape) {
      case SQUARE_ROOT -> Math.sqrt(Math.max(0, share));
      case SYMMETRIC_LOG -> {
        double away = Math.log1p(FINEST * Math.abs(value) / max) / Math.log1p(FINEST);
        yield (1 + Math.signum(value) * away) / 2;
      }
      case LINEAR, SINGLE -> share;
    };
  }
}
