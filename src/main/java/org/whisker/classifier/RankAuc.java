package org.whisker.classifier;

import java.util.Arrays;

/** Area under the ROC curve from ranks (Mann and Whitney): ties count half. */
final class RankAuc {
  private RankAuc() {}

  /**
   * The probability that a positive lies below a negative.
   *
   * @throws IllegalStateException when either is empty
   */
  static double below(float[] positives, float[] negatives) {
    if (positives.length == 0 || negatives.length == 0) {
      throw new IllegalStateException("a ROC curve needs photos of both classes");
    }
    float[] sorted = negatives.clone();
    Arrays.sort(sorted);
    double wins = 0;
    for (float positive : positives) {
      int above = sorted.length - firstAtLeast(sorted, Math.nextUp(positive));
      int notBelow = sorted.length - firstAtLeast(sorted, positive);
      wins += (above + notBelow) / 2.0;
    }
    return wins / ((double) positives.length * negatives.length);
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
}
