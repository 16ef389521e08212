package org.whisker.position;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.whisker.image.Canvas;

/** The relative density of each run by residue along one axis. */
final class ResidueCounts {
  private static final int MOST_DRAWS = 999;
  private static final int FEWEST_DRAWS = 199;
  private static final long MOST_ADDITIONS = 20_000_000;
  private static final double ROUNDING = 1e-12;
  private static final double NOISE = 1e-15;

  /** The axis along which residues are taken. */
  enum Axis {
    X,
    Y;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    int length(Canvas canvas) {
      return this == X ? canvas.width() : canvas.height();
    }

    private int of(PixelTable runs, int at) {
      return this == X ? runs.x(at) : runs.y(at);
    }
  }

  private final int modulus;
  // Each run's densities, stored twice in a row, so that rolling them needs no wrapping.
  private final List<double[]> doubled;

  private ResidueCounts(int modulus, List<double[]> doubled) {
    this.modulus = modulus;
    this.doubled = doubled;
  }

  /** Counts of the residues of all pixels. */
  static ResidueCounts whole(PixelTable runs, Axis axis, int modulus) {
    return between(runs, axis, modulus, 0, axis.length(runs.canvas()));
  }

  /** Of the pixels that are a modulus or more from both borders; of no run where few are left. */
  static ResidueCounts inner(PixelTable runs, Axis axis, int modulus) {
    int length = axis.length(runs.canvas());
    return length < 4 * modulus
        ? new ResidueCounts(modulus, List.of())
        : between(runs, axis, modulus, modulus, length - modulus);
  }

  private static ResidueCounts between(PixelTable runs, Axis axis, int modulus, int from, int to) {
    double[] area = new double[modulus];
    for (int i = from; i < to; i++) {
      area[i % modulus] += 1.0 / (to - from);
    }
    List<double[]> doubled = new ArrayList<>();
    for (int run = 0; run < runs.runs(); run++) {
      int[] count = new int[modulus];
      int all = 0;
      for (int at = runs.begin(run); at < runs.begin(run + 1); at++) {
        int place = axis.of(runs, at);
        if (place >= from && place < to) {
          count[place % modulus]++;
          all++;
        }
      }
      if (all > 0) {
        doubled.add(doubled(count, all, area));
      }
    }
    return new ResidueCounts(modulus, doubled);
  }

  private static double[] doubled(int[] count, int all, double[] area) {
    int modulus = count.length;
    double[] density = new double[2 * modulus];
    for (int i = 0; i < density.length; i++) {
      density[i] = count[i % modulus] / (all * area[i % modulus]);
    }
    return density;
  }

  /** The number of runs that have a counted pixel. */
  int runs() {
    return doubled.size();
  }

  /** The relative density at one residue in each run. */
  double[] densities(int residue) {
    return doubled.stream().mapToDouble(run -> run[residue]).toArray();
  }

  /** The variance, over residues, of the mean over runs. */
  double variance() {
    double[] sum = new double[modulus];
    for (double[] run : doubled) {
      add(sum, run, 0);
    }
    return variance(sum);
  }

  /**
   * The mean of {@link #variance()} over all ways in which each run can be rolled: what runs that
   * do not agree have.
   */
  double rolledVariance() {
    double sum = 0;
    for (double[] run : doubled) {
      double mean = 0;
      for (int i = 0; i < modulus; i++) {
        mean += run[i] / modulus;
      }
      for (int i = 0; i < modulus; i++) {
        sum += (run[i] - mean) * (run[i] - mean) / modulus;
      }
    }
    return sum / runs() / runs();
  }

  /** As many draws as are affordable, where there may be thousands of runs. */
  int affordableDraws() {
    long affordable = MOST_ADDITIONS / ((long) modulus * runs());
    return (int) Math.max(FEWEST_DRAWS, Math.min(MOST_DRAWS, affordable));
  }

  /** The share of rolled runs that vary at least as much as these, including these. */
  double p(int draws, RandomGenerator random) {
    double observed = variance();
    int extreme = 0;
    double[] sum = new double[modulus];
    for (int draw = 0; draw < draws; draw++) {
      Arrays.fill(sum, 0);
      for (double[] run : doubled) {
        add(sum, run, random.nextInt(modulus));
      }
      extreme += variance(sum) >= observed * (1 - ROUNDING) - NOISE ? 1 : 0;
    }
    return (extreme + 1.0) / (draws + 1.0);
  }

  private static void add(double[] sum, double[] run, int rolledBy) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += run[i + rolledBy];
    }
  }

  private double variance(double[] sum) {
    double mean = 0;
    for (double value : sum) {
      mean += value / modulus;
    }
    double squares = 0;
    for (double value : sum) {
      squares += (value - mean) * (value - mean);
    }
    return squares / modulus / runs() / runs();
  }
}
