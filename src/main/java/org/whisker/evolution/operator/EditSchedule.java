package org.whisker.evolution.operator;

import java.util.random.RandomGenerator;

/**
 * Number of edits per mutation: geometrically distributed on 1, 2, …, with a mean that is
 * interpolated geometrically from {@code first} to {@code last} over {@code generations} and
 * constant thereafter.
 *
 * @param first the mean in generation 1, 1 to 10,000
 * @param last the mean at the end, 1 to 10,000
 * @param generations at least 1
 */
public record EditSchedule(double first, double last, int generations) {
  private static final double MOST = 10_000;

  public EditSchedule {
    if (!(first >= 1 && first <= MOST && last >= 1 && last <= MOST)) {
      throw new IllegalArgumentException(
          "mean edits must be 1 to 10000, were " + first + " to " + last);
    }
    if (generations < 1) {
      throw new IllegalArgumentException("generations must be at least 1, was " + generations);
    }
  }

  /** Exactly one edit. */
  public static EditSchedule single() {
    return new EditSchedule(1, 1, 1);
  }

  /** Reads {@code MEAN} or {@code FIRST,LAST,GENERATIONS}. */
  public static EditSchedule parse(String text) {
    String[] parts = text.split(",", -1);
    try {
      if (parts.length == 1) {
        double mean = Double.parseDouble(text);
        return new EditSchedule(mean, mean, 1);
      }
      if (parts.length == 3) {
        return new EditSchedule(
            Double.parseDouble(parts[0]), Double.parseDouble(parts[1]), Integer.parseInt(parts[2]));
      }
    } catch (NumberFormatException e) {
      throw unreadable(text);
    }
    throw unreadable(text);
  }

  private static IllegalArgumentException unreadable(String text) {
    return new IllegalArgumentException(
        "edits per mutation must be MEAN or FIRST,LAST,GENERATIONS, was " + text);
  }

  /** The text that {@link #parse} reads. */
  public String label() {
    return first + "," + last + "," + generations;
  }

  /** The mean number of edits in this generation, counted from 1. */
  public double mean(int generation) {
    double passed = Math.min(generation - 1, generations) / (double) generations;
    return first * Math.pow(last / first, passed);
  }

  public int draw(int generation, RandomGenerator random) {
    double mean = mean(generation);
    if (mean <= 1) {
      return 1;
    }
    double more = Math.log1p(-random.nextDouble()) / Math.log1p(-1 / mean);
    return 1 + (int) Math.min(more, 100 * MOST);
  }
}
