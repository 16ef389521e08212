package org.whisker.feature.position;

import java.util.List;
import java.util.OptionalDouble;
import org.whisker.chart.kit.Band;
import org.whisker.chart.kit.Scale;
import org.whisker.chart.kit.lane.Arm;
import org.whisker.io.Decimals;

/**
 * Common elements of charts of relative densities: 1 is the density expected by chance, 0 the
 * minimum.
 */
final class Densities {
  /** The unit of a density. */
  public static final String TIMES_CHANCE = "density (1 = chance)";

  private Densities() {}

  /** A scale from 0 to the maximum; to 1 when all values are 0. */
  static Scale fromZero(double max, String unit) {
    return new Scale(0, max > 0 ? max : 1, unit);
  }

  /**
   * A density cannot be negative, so the interval is truncated at 0; the table has the untruncated
   * value.
   */
  static Band band(double[] mean, List<OptionalDouble> low, List<OptionalDouble> high) {
    double[] from = new double[mean.length];
    double[] to = new double[mean.length];
    for (int i = 0; i < mean.length; i++) {
      from[i] = Math.max(0, low.get(i).orElse(mean[i]));
      to[i] = high.get(i).orElse(mean[i]);
    }
    return new Band(from, to);
  }

  /** An arm with its interval, if any. */
  static Arm arm(String name, double[] runs, double mean, OptionalDouble low, OptionalDouble high) {
    return new Arm(name, runs, mean, low.orElse(mean), high.orElse(mean));
  }

  /** A number without insignificant digits. */
  static String text(double value) {
    return Decimals.rounded(value, 3).replaceFirst("\\.0+$", "");
  }
}
