package org.whisker.boundary.attack;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.whisker.stats.Interval;
import org.whisker.stats.ShareInterval;

/**
 * The share of pictures that a search turned within a budget, for each budget at which it changes;
 * pictures on which the search gave up count as beyond any.
 *
 * @param pictures how many, at least 1
 * @param points by budget, ascending; the first is of budget 0
 */
public record SuccessCurve(int pictures, List<Point> points) {
  private static final double LEVEL = 0.95;

  /**
   * Within a budget.
   *
   * @param successes number of pictures
   * @param interval of the share over pictures, at this budget alone
   */
  public record Point(double budget, int successes, Interval interval) {}

  public SuccessCurve {
    points = List.copyOf(points);
  }

  /**
   * The curve of these distances.
   *
   * @param distances what each picture took; empty where the search gave up
   */
  public static SuccessCurve of(List<OptionalDouble> distances) {
    double[] found = distances.stream().flatMapToDouble(OptionalDouble::stream).sorted().toArray();
    List<Point> points = new ArrayList<>();
    if (found.length == 0 || found[0] > 0) {
      points.add(point(0, 0, distances.size()));
    }
    for (int i = 0; i < found.length; i++) {
      if (i + 1 == found.length || found[i + 1] > found[i]) {
        points.add(point(found[i], i + 1, distances.size()));
      }
    }
    return new SuccessCurve(distances.size(), points);
  }

  private static Point point(double budget, int successes, int pictures) {
    return new Point(budget, successes, ShareInterval.of(successes, pictures, LEVEL));
  }

  /** The share within a budget, 0 to 1. */
  public double share(double budget) {
    int successes = 0;
    for (Point point : points) {
      successes = point.budget <= budget ? point.successes : successes;
    }
    return (double) successes / pictures;
  }
}
