package org.whisker.stats;

import java.util.Arrays;
import java.util.Optional;
import org.hipparchus.distribution.continuous.NormalDistribution;

/**
 * The interval of an area under the ROC curve: DeLong's variance (1988) on the scale of log-odds,
 * so that it stays between 0 and 1 (Pepe, 2003).
 */
public final class AucInterval {
  private AucInterval() {}

  /**
   * The area is the probability that a positive lies below a negative, ties counting half.
   *
   * @param level nominal coverage, such as 0.95
   * @return empty where either has fewer than two values, or all positives lie on one side of all
   *     negatives: such a sample has no variance
   */
  public static Optional<Interval> below(float[] positives, float[] negatives, double level) {
    Samples.checkedProbability("level", level);
    if (positives.length < 2 || negatives.length < 2) {
      return Optional.empty();
    }
    double[] ofPositives = shares(positives, negatives);
    double area = Arrays.stream(ofPositives).average().orElseThrow();
    if (area == 0 || area == 1) {
      return Optional.empty();
    }
    double variance = varianceOfMean(ofPositives) + varianceOfMean(shares(negatives, positives));
    double z = new NormalDistribution().inverseCumulativeProbability((1 + level) / 2);
    double half = z * Math.sqrt(variance) / (area * (1 - area));
    double odds = Math.log(area / (1 - area));
    return Optional.of(new Interval(share(odds - half), share(odds + half), level));
  }

  /** For each value, which share of the others lies above it; ties count half. */
  private static double[] shares(float[] values, float[] others) {
    float[] sorted = others.clone();
    Arrays.sort(sorted);
    double[] shares = new double[values.length];
    for (int i = 0; i < shares.length; i++) {
      int notBelow = sorted.length - firstAtLeast(sorted, values[i]);
      int above = sorted.length - firstAtLeast(sorted, Math.nextUp(values[i]));
      shares[i] = (above + notBelow) / (2.0 * sorted.length);
    }
    return shares;
  }

  private static int firstAtLeast(float[] sorted, float value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static double varianceOfMean(double[] values) {
    double sd = Summary.of(values).sd().orElseThrow();
    return sd * sd / values.length;
  }

  private static double share(double odds) {
    return 1 / (1 + Math.exp(-odds));
  }
}
