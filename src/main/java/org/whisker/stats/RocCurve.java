package org.whisker.stats;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

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
}
