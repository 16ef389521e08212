package org.whisker.stats;

import java.util.random.RandomGenerator;

/** Kinds of runs, from 0 to 1, on which intervals and tests are simulated. */
enum BoundedData {
  NORMAL("normal, 0.35 ± 0.06", 0.35) {
    @Override
    double draw(RandomGenerator random) {
      return mean + 0.06 * random.nextGaussian();
    }
  },
  NEAR_END("normal, 0.1 ± 0.02", 0.1) {
    @Override
    double draw(RandomGenerator random) {
      return mean + 0.02 * random.nextGaussian();
    }
  },
  UNIFORM("uniform", 0.5) {
    @Override
    double draw(RandomGenerator random) {
      return random.nextDouble();
    }
  },
  SKEWED("Beta(1, 3)", 0.25) {
    @Override
    double draw(RandomGenerator random) {
      return 1 - Math.cbrt(random.nextDouble());
    }
  },
  EDGE_INDEX("mean of ten Beta(1, 3)", 0.25) {
    @Override
    double draw(RandomGenerator random) {
      return Samples.mean(Simulated.sample(10, () -> SKEWED.draw(random)));
    }
  },
  STRONGLY_SKEWED("Beta(5, 1)", 5 / 6.0) {
    @Override
    double draw(RandomGenerator random) {
      return Math.pow(random.nextDouble(), 0.2);
    }
  },
  CLUSTERS_85("85 % at 0.1, 15 % at 0.6", 0.175) {
    @Override
    double draw(RandomGenerator random) {
      return cluster(random, 0.1, 0.85, 0.6);
    }
  },
  CLUSTERS_15("15 % at 0.1, 85 % at 0.6", 0.525) {
    @Override
    double draw(RandomGenerator random) {
      return cluster(random, 0.1, 0.15, 0.6);
    }
  },
  CLUSTERS_50("50 % at 0.1, 50 % at 0.6", 0.35) {
    @Override
    double draw(RandomGenerator random) {
      return cluster(random, 0.1, 0.5, 0.6);
    }
  },
  CLUSTERS_95("95 % at 0.1, 5 % at 0.6", 0.125) {
    @Override
    double draw(RandomGenerator random) {
      return cluster(random, 0.1, 0.95, 0.6);
    }
  },
  FAR_CLUSTERS("85 % at 0.05, 15 % at 0.95", 0.185) {
    @Override
    double draw(RandomGenerator random) {
      return cluster(random, 0.05, 0.85, 0.95);
    }
  };

  final String label;
  final double mean;

  BoundedData(String label, double mean) {
    this.label = label;
    this.mean = mean;
  }

  abstract double draw(RandomGenerator random);

  double[] draw(int n, RandomGenerator random) {
    return Simulated.sample(n, () -> Math.max(0, Math.min(1, draw(random))));
  }

  private static double cluster(RandomGenerator random, double one, double share, double other) {
    return (random.nextDouble() < share ? one : other) + 0.01 * random.nextGaussian();
  }
}
