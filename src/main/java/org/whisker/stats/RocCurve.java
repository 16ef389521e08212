package org.whisker.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.whisker.stats.Estimate.Interval;
import org.whisker.stats.Samples.Summary;

/**
 * The receiver operating characteristic of a score: higher means more positive. The area under it
 * is {@link Auc}.
 *
 * @param points from (0, 0) at threshold +∞ to (1, 1), one for each distinct score, in order of
 *     decreasing threshold
 */
public record RocCurve(List<Point> points) {
  /** The rates when scores of at least {@code threshold} are called positive. */
  public record Point(double threshold, double falsePositiveRate, double truePositiveRate) {}

  public RocCurve {
    points = List.copyOf(points);
  }

  /**
   * The curve of scored examples.
   *
   * @param scores finite
   * @param positive the true class of each; at least one of either
   */
  public static RocCurve of(double[] scores, boolean[] positive) {
    Samples.checked("scores", scores, 2);
    if (scores.length != positive.length) {
      throw new IllegalArgumentException(
          "each score needs its class, were " + scores.length + " and " + positive.length);
    }
    int positives = (int) IntStream.range(0, positive.length).filter(i -> positive[i]).count();
    int negatives = positive.length - positives;
    if (positives == 0 || negatives == 0) {
      throw new IllegalArgumentException(
          "needs both classes, has " + positives + " positive and " + negatives + " negative");
    }
    return new RocCurve(trace(scores, positive, positives));
  }

  private static List<Point> trace(double[] scores, boolean[] positive, int positives) {
    double negatives = scores.length - positives;
    List<Integer> falling =
        IntStream.range(0, scores.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -scores[i]))
            .toList();
    List<Point> points = new ArrayList<>(List.of(new Point(Double.POSITIVE_INFINITY, 0, 0)));
    int hits = 0;
    for (int k = 0; k < falling.size(); k++) {
      double score = scores[falling.get(k)];
      hits += positive[falling.get(k)] ? 1 : 0;
      boolean last = k + 1 == falling.size() || scores[falling.get(k + 1)] != score;
      if (last) {
        points.add(new Point(score, (k + 1 - hits) / negatives, (double) hits / positives));
      }
    }
    return points;
  }

  /**
   * The area under the ROC curve of scores of which lower means more positive, as logits of not-cat
   * are: the probability that a positive lies below a negative, ties counting half (Mann and
   * Whitney).
   */
  public static final class Auc {
    private Auc() {}

    /**
     * The area, from 0 to 1; 0.5 by chance.
     *
     * @throws IllegalStateException when there are no positives, or no negatives
     */
    public static double below(float[] positives, float[] negatives) {
      if (positives.length == 0 || negatives.length == 0) {
        throw new IllegalStateException("a ROC curve needs photos of both classes");
      }
      double wins = Arrays.stream(wins(positives, negatives)).sum();
      return wins / ((double) positives.length * negatives.length);
    }

    /**
     * The interval of the area: DeLong's variance (1988) on the scale of log-odds, so that it stays
     * between 0 and 1 (Pepe, 2003).
     *
     * @param level nominal coverage, such as 0.95
     * @return empty where either has fewer than two values, or all positives lie on one side of all
     *     negatives: such a sample has no variance
     */
    public static Optional<Interval> intervalBelow(
        float[] positives, float[] negatives, double level) {
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

    /** The share of {@code others} above each value; ties count half. */
    private static double[] shares(float[] values, float[] others) {
      return Arrays.stream(wins(values, others)).map(wins -> wins / others.length).toArray();
    }

    /** The number of {@code others} above each value; ties count half. */
    private static double[] wins(float[] values, float[] others) {
      float[] sorted = others.clone();
      Arrays.sort(sorted);
      double[] wins = new double[values.length];
      for (int i = 0; i < wins.length; i++) {
        int notBelow = sorted.length - firstAtLeast(sorted, values[i]);
        int above = sorted.length - firstAtLeast(sorted, Math.nextUp(values[i]));
        wins[i] = (above + notBelow) / 2.0;
      }
      return wins;
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
}
