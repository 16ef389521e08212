package org.whisker.chart.kit;

import java.util.stream.IntStream;

/** One arm of an experiment: the value of every run, their mean and its interval. */
public final class Arm {
  private final String name;
  private final double[] runs;
  private final int[] lines;
  private final double mean;
  private final double low;
  private final double high;

  /**
   * @param runs at least one
   * @param low lower end of the mean's interval
   * @param high upper end of it
   */
  public Arm(String name, double[] runs, double mean, double low, double high) {
    this(name, runs, IntStream.range(0, runs.length).toArray(), mean, low, high);
  }

  /**
   * @param lines of each run: those with the same number are drawn in a line
   */
  public Arm(String name, double[] runs, int[] lines, double mean, double low, double high) {
    if (runs.length == 0 || runs.length != lines.length || !(low <= mean && mean <= high)) {
      throw new IllegalArgumentException(
          "arm "
              + name
              + ": "
              + runs.length
              + " runs, mean "
              + mean
              + " in ["
              + low
              + ", "
              + high
              + "]");
    }
    this.name = name;
    this.runs = runs.clone();
    this.lines = lines.clone();
    this.mean = mean;
    this.low = low;
    this.high = high;
  }

  private Arm(String name) {
    this.name = name;
    this.runs = new double[0];
    this.lines = new int[0];
    this.mean = Double.NaN;
    this.low = Double.NaN;
    this.high = Double.NaN;
  }

  /** An arm none of whose runs has a value; it keeps its row and its colour. */
  public static Arm none(String name) {
    return new Arm(name);
  }

  public boolean isEmpty() {
    return runs.length == 0;
  }

  String name() {
    return name;
  }

  public double[] runs() {
    return runs;
  }

  /** The line that each run is drawn in. */
  int[] lines() {
    return lines;
  }

  public double mean() {
    return mean;
  }

  public double low() {
    return low;
  }

  public double high() {
    return high;
  }
}
