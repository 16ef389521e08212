package org.whisker.chart.kit;

/**
 * An interval at each x of a line.
 *
 * @see Line
 */
public final class Band {
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
