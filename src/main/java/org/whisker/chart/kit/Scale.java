package org.whisker.chart.kit;

/**
 * The colour scale of a map. Maps that are to be compared share a scale.
 *
 * @param min value of the first colour
 * @param max value of the last colour, above {@code min}
 * @param unit unit or name of the quantity, shown beside the colour bar
 */
public record Scale(double min, double max, String unit) {
  public Scale {
    if (!(min < max) || Double.isInfinite(max - min)) {
      throw new IllegalArgumentException("no scale from " + min + " to " + max);
    }
  }

  /** From −bound to +bound, for signed values. */
  public static Scale symmetric(double bound, String unit) {
    return new Scale(-bound, bound, unit);
  }

  /** From the minimum to the maximum of all values except NaN, for maps side by side. */
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
    if (min > max) {
      throw new IllegalArgumentException("no value to draw a scale from");
    }
    // a map of one value still needs a scale around it
    double pad = min == max ? Math.max(Math.abs(min), 1) / 2 : 0;
    return new Scale(min - pad, max + pad, unit);
  }

  /** As {@link #covering}, but symmetric about 0. */
  public static Scale symmetricCovering(String unit, float[]... maps) {
    Scale tight = covering(unit, maps);
    return symmetric(Math.max(Math.abs(tight.min), Math.abs(tight.max)), unit);
  }

  /** The position of {@code value} on the scale: 0 at min, 1 at max, outside [0, 1] beyond them. */
  public double position(double value) {
    return (value - min) / (max - min);
  }
}
