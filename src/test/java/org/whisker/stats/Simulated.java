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

  enum Runs {
    NORMAL(0.35) {
      @Override
      double[] draw(int n, RandomGenerator random) {
        return normal(n, mean, 0.06, random);
      }
    },
    UNIFORM(0.5) {
      @Override
      double[] draw(int n, RandomGenerator random) {
        return sample(n, random::nextDouble);
      }
    },
    /** Beta(1, 3): skewness 0.86, as edge indices of single pixels near the edge may be. */
    SKEWED(0.25) {
      @Override
      double[] draw(int n, RandomGenerator random) {
        return sample(n, () -> 1 - Math.cbrt(random.nextDouble()));
      }
    },
    /** The edge index of 10 pixels, each u from Beta(1, 3): skewness 0.27. */
    EDGE_INDEX(0.25) {
      @Override
      double[] draw(int n, RandomGenerator random) {
        return sample(n, () -> Samples.mean(SKEWED.draw(10, random)));
      }
    };

    final double mean;

    Runs(double mean) {
      this.mean = mean;
    }

    abstract double[] draw(int n, RandomGenerator random);
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
