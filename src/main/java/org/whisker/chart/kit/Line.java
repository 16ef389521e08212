package org.whisker.chart.kit;

import org.jspecify.annotations.Nullable;

/** A named line through points, optionally with an interval around it. */
public final class Line {
  private final String name;
  private final double[] x;
  private final double[] y;
  private final @Nullable Band band;

  /**
   * @param y of the same length as x; NaN leaves a gap
   * @param band of the same length as x, or null
   */
  public Line(String name, double[] x, double[] y, @Nullable Band band) {
    if (x.length == 0 || x.length != y.length || (band != null && band.size() != x.length)) {
      throw new IllegalArgumentException(
          "line "
              + name
              + " has "
              + x.length
              + " x, "
              + y.length
              + " y"
              + (band == null ? "" : ", " + band.size() + " intervals"));
    }
    this.name = name;
    this.x = x.clone();
    this.y = y.clone();
    this.band = band;
  }

  public Line(String name, double[] x, double[] y) {
    this(name, x, y, null);
  }

  public String name() {
    return name;
  }

  public double[] x() {
    return x;
  }

  public double[] y() {
    return y;
  }

  @Nullable Band band() {
    return band;
  }

  /**
   * An interval at each x of a line.
   *
   * @see Line
   */
  public static final class Band {
    private final double[] low;
    private final double[] high;

    /**
     * @throws IllegalArgumentException when lengths differ or a low end lies above its high end
     */
    public Band(double[] low, double[] high) {
      if (low.length != high.length) {
        throw new IllegalArgumentException(low.length + " low and " + high.length + " high ends");
      }
      for (int i = 0; i < low.length; i++) {
        if (!(low[i] <= high[i])) {
          throw new IllegalArgumentException("no interval from " + low[i] + " to " + high[i]);
        }
      }
      this.low = low.clone();
      this.high = high.clone();
    }

    int size() {
      return low.length;
    }

    double[] low() {
      return low;
    }

    double[] high() {
      return high;
    }
  }
}
