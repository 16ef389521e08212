package org.whisker.chart.kit.lane;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * One arm of an experiment: the values of all runs, their mean and its interval.
 *
 * @param lines line number of each run: runs with the same number are drawn in one line
 * @param low lower end of the mean's interval
 * @param high upper end of the interval
 */
public record Arm(
    String name, List<Double> runs, List<Integer> lines, double mean, double low, double high) {
  public Arm {
    runs = List.copyOf(runs);
    lines = List.copyOf(lines);
    if (runs.size() != lines.size() || (!runs.isEmpty() && !(low <= mean && mean <= high))) {
      throw new IllegalArgumentException(
          "arm %s: %d runs in %d lines, mean %s in [%s, %s]"
              .formatted(name, runs.size(), lines.size(), mean, low, high));
    }
  }

  /**
   * @param runs at least one
   */
  public Arm(String name, double[] runs, double mean, double low, double high) {
    this(name, runs, IntStream.range(0, runs.length).toArray(), mean, low, high);
  }

  /**
   * @param runs at least one
   */
  public Arm(String name, double[] runs, int[] lines, double mean, double low, double high) {
    this(
        name,
        DoubleStream.of(runs).boxed().toList(),
        IntStream.of(lines).boxed().toList(),
        mean,
        low,
        high);
    if (runs.length == 0) {
      throw new IllegalArgumentException("arm " + name + " has no run");
    }
  }

  /** An arm without any values, which keeps its row and colour. */
  public static Arm none(String name) {
    return new Arm(name, List.of(), List.of(), Double.NaN, Double.NaN, Double.NaN);
  }

  public boolean isEmpty() {
    return runs.isEmpty();
  }
}
