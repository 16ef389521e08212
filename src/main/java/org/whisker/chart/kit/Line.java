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
}
