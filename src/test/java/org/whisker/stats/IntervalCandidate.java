package org.whisker.stats;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.hipparchus.distribution.continuous.FDistribution;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.whisker.stats.Estimate.Interval;

/** Intervals of a mean, of values from 0 to 1, that were compared for {@code docs/intervals.md}. */
enum IntervalCandidate {
  STUDENT("Student") {
    @Override
    Interval of(double[] x, RandomGenerator random) {
      return Estimate.studentInterval(x, LEVEL);
    }
  },
  BOOTSTRAP_T("bootstrap-t") {
    @Override
    Interval of(double[] x, RandomGenerator random) {
      return new Bootstrap(LEVEL, DRAWS).mean(x, random);
    }
  },
  PERCENTILE("percentile") {
    @Override
    Interval of(double[] x, RandomGenerator random) {
      double[] means = resampled(x, random);
      return interval(quantile(means, TAIL), quantile(means, 1 - TAIL));
    }
  },
  BCA("BCa") {
    @Override
    Interval of(double[] x, RandomGenerator random) {
      double[] means = resampled(x, random);
      double mean = Samples.mean(x);
      double below = Arrays.stream(means).filter(m -> m < mean).count();
      double ties = Arrays.stream(means).filter(m -> m == mean).count();
      double share = Math.max(1, Math.min(DRAWS - 1, below + ties / 2)) / DRAWS;
      double bias = NORMAL.inverseCumulativeProbability(share);
      double squares = 0;
      double cubes = 0;
      for (double value : x) {
        squares += Math.pow(value - mean, 2);
        cubes += Math.pow(value - mean, 3);
      }
      double acceleration = squares == 0 ? 0 : cubes / (6 * Math.pow(squares, 1.5));
      return interval(
          quantile(means, corrected(TAIL, bias, acceleration)),
          quantile(means, corrected(1 - TAIL, bias, acceleration)));
    }
  },
  /** The means that a sign-flip test does not reject: between means of subsets (Hartigan, 1969). */
  SIGN_FLIPS("sign flips") {
    @Override
    Interval of(double[] x, RandomGenerator random) {
      double[] means = new double[SUBSETS];
      for (int i = 0; i < means.length; i++) {
        long subset = x.length <= 11 ? i + 1L : random.nextLong();
        means[i] = meanOf(x, subset);
      }
      int all = x.length <= 11 ? (1 << x.length) - 1 : means.length;
      double[] typical = Arrays.copyOf(means, all);
      Arrays.sort(typical);
      int cut = (int) (TAIL * (all + 1)) - 1;
      return cut < 0 ? interval(0, 1) : interval(typical[cut], typical[all - 1 - cut]);
    }
  },
  /** Owen's (1990), with critical values of F. */
  EMPIRICAL_LIKELIHOOD("empirical likelihood") {
    @Override
    Interval of(double[] x, RandomGenerator random) {
      double n = x.length;
      double limit = new FDistribution(1, n - 1).inverseCumulativeProbability(LEVEL) * n / (n - 1);
      double[] sorted = x.clone();
      Arrays.sort(sorted);
      double mean = Samples.mean(x);
      return interval(
          likelihoodEnd(x, mean, sorted[0], limit),
          likelihoodEnd(x, mean, sorted[x.length - 1], limit));
    }
  },
  GAFFKE("Gaffke") {
    @Override
    Interval of(double[] x, RandomGenerator random) {
      double[] low = new double[DRAWS];
      double[] high = new double[DRAWS];
      for (int i = 0; i < DRAWS; i++) {
        double end = exponential(random);
        double weights = end;
        double sum = 0;
        for (double value : x) {
          double weight = exponential(random);
          weights += weight;
          sum += weight * value;
        }
        low[i] = sum / weights;
        high[i] = (sum + end) / weights;
      }
      return interval(quantile(low, TAIL), quantile(high, 1 - TAIL));
    }
  },
  BOUNDED("half an observation at each end") {
    @Override
    Interval of(double[] x, RandomGenerator random) {
      return new BoundedInterval(0, 1, LEVEL, DRAWS).mean(x, random);
    }
  };

  static final double LEVEL = 0.95;
  private static final double TAIL = 0.025;
  private static final int DRAWS = 399;
  private static final int SUBSETS = 2_047;
  private static final NormalDistribution NORMAL = new NormalDistribution();

  final String label;

  IntervalCandidate(String label) {
    this.label = label;
  }

  abstract Interval of(double[] x, RandomGenerator random);

  /** Cut at the ends of the range, as anybody would draw it. */
  Interval shown(double[] x, RandomGenerator random) {
    Interval found = of(x, random);
    return interval(Math.max(0, Math.min(1, found.low())), Math.max(0, Math.min(1, found.high())));
  }

  private static Interval interval(double low, double high) {
    return new Interval(Math.min(low, high), Math.max(low, high), LEVEL);
  }

  private static double[] resampled(double[] x, RandomGenerator random) {
    double[] means = new double[DRAWS];
    for (int i = 0; i < DRAWS; i++) {
      double sum = 0;
      for (int j = 0; j < x.length; j++) {
        sum += x[random.nextInt(x.length)];
      }
      means[i] = sum / x.length;
    }
    return means;
  }

  private static double quantile(double[] values, double p) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[Math.max(0, Math.min(sorted.length - 1, (int) (p * (sorted.length + 1)) - 1))];
  }

  private static double corrected(double p, double bias, double acceleration) {
    double z = bias + NORMAL.inverseCumulativeProbability(p);
    return NORMAL.cumulativeProbability(bias + z / (1 - acceleration * z));
  }

  private static double meanOf(double[] x, long subset) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < x.length; i++) {
      if ((subset >>> i & 1) == 1) {
        sum += x[i];
        count++;
      }
    }
    return count == 0 ? x[0] : sum / count;
  }

  private static double exponential(RandomGenerator random) {
    return -Math.log(1 - random.nextDouble());
  }

  private static double likelihoodEnd(double[] x, double mean, double extreme, double limit) {
    double inside = mean;
    double outside = extreme;
    for (int i = 0; i < 20; i++) {
      double middle = (inside + outside) / 2;
      if (likelihoodRatio(x, middle) < limit) {
        inside = middle;
      } else {
        outside = middle;
      }
    }
    return inside;
  }

  /** −2 log of the empirical likelihood ratio. */
  private static double likelihoodRatio(double[] x, double mean) {
    double[] d = Samples.minus(x, mean);
    double largest = Arrays.stream(d).max().orElseThrow();
    double smallest = Arrays.stream(d).min().orElseThrow();
    if (largest <= 0 || smallest >= 0) {
      return largest == smallest ? 0 : Double.POSITIVE_INFINITY;
    }
    double low = (1.0 / x.length - 1) / largest;
    double high = (1.0 / x.length - 1) / smallest;
    for (int i = 0; i < 30; i++) {
      double middle = (low + high) / 2;
      if (Arrays.stream(d).map(v -> v / (1 + middle * v)).sum() > 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    double multiplier = low;
    return 2 * IntStream.range(0, d.length).mapToDouble(i -> Math.log1p(multiplier * d[i])).sum();
  }
}
