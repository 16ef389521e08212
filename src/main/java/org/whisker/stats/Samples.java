package org.whisker.stats;

import java.util.random.RandomGenerator;

/** Validation of samples, and their moments. */
final class Samples {
  private Samples() {}

  /** Returns {@code x} if it has at least {@code least} values, all finite. */
  static double[] checked(String name, double[] x, int least) {
    if (x.length < least) {
      throw new IllegalArgumentException(
          name + " needs at least " + least + " values, has " + x.length);
    }
    for (int i = 0; i < x.length; i++) {
      if (!Double.isFinite(x[i])) {
        throw new IllegalArgumentException(name + " value " + i + " is " + x[i]);
      }
    }
    return x;
  }

  static void sameLength(double[] a, double[] b) {
    if (a.length != b.length) {
      throw new IllegalArgumentException(
          "pairs need equally many values, were " + a.length + " and " + b.length);
    }
  }

  static double checkedProbability(String name, double p) {
    if (!(p > 0 && p < 1)) {
      throw new IllegalArgumentException(name + " must be between 0 and 1, was " + p);
    }
    return p;
  }

  static double mean(double[] x) {
    double sum = 0;
    for (double value : x) {
      sum += value;
    }
    return sum / x.length;
  }

  /** The unbiased variance; at least two values. */
  static double variance(double[] x) {
    double mean = mean(x);
    double sum = 0;
    for (double value : x) {
      sum += (value - mean) * (value - mean);
    }
    return sum / (x.length - 1);
  }

  /** The unbiased covariance of pairs; at least two. */
  static double covariance(double[] x, double[] y) {
    sameLength(x, y);
    double meanX = mean(x);
    double meanY = mean(y);
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += (x[i] - meanX) * (y[i] - meanY);
    }
    return sum / (x.length - 1);
  }

  /** The unbiased third central moment; 0 for fewer than three values, which cannot show any. */
  static double thirdMoment(double[] x) {
    int n = x.length;
    if (n < 3) {
      return 0;
    }
    double mean = mean(x);
    double sum = 0;
    for (double value : x) {
      sum += (value - mean) * (value - mean) * (value - mean);
    }
    return sum * n / ((n - 1.0) * (n - 2.0));
  }

  /** a − b, pair by pair. */
  static double[] differences(double[] a, double[] b) {
    sameLength(a, b);
    double[] difference = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      difference[i] = a[i] - b[i];
    }
    return difference;
  }

  static double[] minus(double[] x, double subtrahend) {
    double[] shifted = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      shifted[i] = x[i] - subtrahend;
    }
    return shifted;
  }

  /** Puts the values into an order that is drawn uniformly from all (Fisher and Yates). */
  static void shuffle(double[] values, RandomGenerator random) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      double taken = values[i];
      values[i] = values[j];
      values[j] = taken;
    }
  }
}
