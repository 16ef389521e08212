package org.whisker.chart.position;

import java.util.List;
import java.util.OptionalDouble;
import org.whisker.chart.kit.Band;
import org.whisker.chart.kit.Scale;
import org.whisker.chart.kit.lane.Arm;
import org.whisker.io.Decimals;

/** What charts of relative densities share: 1 is the density expected by chance, 0 the least. */
final class Densities {
  /** The unit of a density. */
  public static final String TIMES_CHANCE = "density (1 = chance)";

  private Densities() {}

  /** A scale from 0 to the greatest value; to 1 where all are 0. */
  static Scale fromZero(double max, String unit) {
    return new Scale(0, max > 0 ? max : 1, unit);
  }

  /** No density is below 0, whatever the interval's arithmetic says; the table has it uncut. */
  static Band band(double[] mean, List<OptionalDouble> low, List<OptionalDouble> high) {
    double[] from = new double[mean.length];
    double[] to = new double[mean.length];
    for (int i = 0; i < mean.length; i++) {
      from[i] = Math.max(0, low.get(i).orElse(mean[i]));
      to[i] = high.get(i).orElse(mean[i]);
    }
    return new Band(from, to);
  }

  /** An arm with its interval, where it has one. */
  static Arm arm(String name, double[] runs, double mean, OptionalDouble low, OptionalDouble high) {
    return new Arm(name, runs, mean, low.orElse(mean), high.orElse(mean));
  }

  /** A number without digits that say nothing. */
  static String text(double value) {
    return Decimals.rounded(value, 3).replaceFirst("\\.0+$", "");
  }
}
