package org.whisker.stats;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;

/** Simulated experiments, for tests of how often a test rejects and an interval covers. */
final class Simulated {
  private static final int EXPERIMENTS = 2_000;

  private Simulated() {}

  static double[] sample(int n, DoubleSupplier source) {
    return DoubleStream.generate(source).limit(n).toArray();
  }

  static double[] normal(int n, double mean, double sd, RandomGenerator random) {
    return sample(n, () -> mean + sd * random.nextGaussian());
  }

  /** Beta(5, 1): skewed to the left, mean 5/6. */
  static double[] beta(int n, RandomGenerator random) {
    return sample(n, () -> Math.pow(random.nextDouble(), 1 / 5.0));
  }

  static double share(BooleanSupplier experiment) {
    int hits = 0;
    for (int i = 0; i < EXPERIMENTS; i++) {
      hits += experiment.getAsBoolean() ? 1 : 0;
    }
    return (double) hits / EXPERIMENTS;
  }

  static void assertRejectsAsOftenAsAlpha(BooleanSupplier rejects) {
    assertWithin(0.03, 0.07, share(rejects));
  }

  static void assertCovers95(BooleanSupplier covers) {
    assertWithin(0.93, 0.97, share(covers));
  }

  static void assertWithin(double low, double high, double actual) {
    assertTrue(low <= actual && actual <= high, actual + " outside " + low + " to " + high);
  }
}
