package org.whisker.evolution;

import java.util.Locale;

/**
 * Schedule of λ, the penalty per black pixel: from {@code first} in generation 0 to {@code last} in
 * generation {@code generations}, constant thereafter.
 *
 * @param first in nats, at least 0; above 0 when geometric
 * @param last in nats, at least 0; above 0 when geometric
 * @param generations at least 1
 */
public record LambdaSchedule(Course course, double first, double last, int generations) {
  /** Interpolation from first to last. */
  public enum Course {
    /** λ changes by the same amount in each generation. */
    LINEAR,
    /** λ changes by the same factor in each generation. */
    GEOMETRIC;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public LambdaSchedule {
    check(course, first);
    check(course, last);
    if (generations < 1) {
      throw new IllegalArgumentException(
          "lambda must change over at least 1 generation, was " + generations);
    }
  }

  private static void check(Course course, double lambda) {
    boolean possible = course == Course.LINEAR ? lambda >= 0 : lambda > 0;
    if (!(possible && Double.isFinite(lambda))) {
      throw new IllegalArgumentException(
          "lambda must be "
              + (course == Course.LINEAR ? "at least 0" : "above 0 to change by a factor")
              + ", was "
              + lambda);
    }
  }

  /** A constant λ. */
  public static LambdaSchedule constant(double lambda) {
    return new LambdaSchedule(Course.LINEAR, lambda, lambda, 1);
  }

  /** λ in this generation, counted from 0, in nats per black pixel. */
  public double at(int generation) {
    if (generation >= generations || first == last) {
      return last;
    }
    double passed = generation / (double) generations;
    return course == Course.LINEAR
        ? first + (last - first) * passed
        : first * Math.pow(last / first, passed);
  }

  /**
   * Reads {@code LAMBDA}, {@code linear:FIRST,LAST,GENERATIONS} or {@code
   * geometric:FIRST,LAST,GENERATIONS}.
   */
  public static LambdaSchedule parse(String text) {
    try {
      for (Course course : Course.values()) {
        String prefix = course.label() + ":";
        String[] parts = text.substring(Math.min(prefix.length(), text.length())).split(",", -1);
        if (text.startsWith(prefix) && parts.length == 3) {
          return new LambdaSchedule(
              course,
              Double.parseDouble(parts[0]),
              Double.parseDouble(parts[1]),
              Integer.parseInt(parts[2]));
        }
      }
      return constant(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "lambda must be a number, linear:FIRST,LAST,GENERATIONS"
              + " or geometric:FIRST,LAST,GENERATIONS, was "
              + text,
          e);
    }
  }

  /** The text that {@link #parse} reads. */
  public String label() {
    return first == last
        ? Double.toString(first)
        : course.label() + ":" + first + "," + last + "," + generations;
  }
}
