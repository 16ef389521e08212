package org.whisker.stats;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.whisker.random.SplitMix64;
import org.whisker.stats.Estimate.Interval;
import org.whisker.stats.TestResult.Alternative;

/**
 * How often intervals hold the mean and how wide they are, and how often tests reject what is true:
 * the tables of {@code docs/intervals.md}, which {@link #main} prints.
 */
final class IntervalCoverage {
  static final int[] SIZES = {5, 8, 12, 20};

  private IntervalCoverage() {}

  /** Of one kind of interval. */
  record Cell(double coverage, double width) {
    static Cell of(
        IntervalCandidate candidate, BoundedData data, int n, int samples, RandomGenerator random) {
      int covered = 0;
      double width = 0;
      for (int i = 0; i < samples; i++) {
        Interval found = candidate.shown(data.draw(n, random), random);
        covered += found.contains(data.mean) ? 1 : 0;
        width += found.width();
      }
      return new Cell((double) covered / samples, width / samples);
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%.0f (%.2f)", 100 * coverage, width);
    }
  }

  /** How often tests at 0.05 claim what is false; equivalence at the worse of both margins. */
  record Errors(double signFlips, double equivalence) {
    static Errors of(BoundedData data, int n, int samples, RandomGenerator random) {
      int different = 0;
      int[] equivalent = new int[2];
      for (int i = 0; i < samples; i++) {
        double[] x = data.draw(n, random);
        different +=
            SignFlipTest.of(x, data.mean, Alternative.TWO_SIDED, 999, random).p() <= 0.05 ? 1 : 0;
        // the true difference is the margin, on either side
        equivalent[0] += Equivalence.oneSample(x, data.mean + 0.05, 0.05).holds(0.05) ? 1 : 0;
        equivalent[1] += Equivalence.oneSample(x, data.mean - 0.05, 0.05).holds(0.05) ? 1 : 0;
      }
      int worse = Math.max(equivalent[0], equivalent[1]);
      return new Errors((double) different / samples, (double) worse / samples);
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%.1f / %.1f", 100 * signFlips, 100 * equivalence);
    }
  }

  static List<String> intervals(int samples) {
    SplitMix64 random = new SplitMix64(31);
    List<String> lines = new ArrayList<>();
    for (BoundedData data : BoundedData.values()) {
      for (int n : SIZES) {
        StringBuilder line = new StringBuilder("| " + data.label + " | " + n + " |");
        for (IntervalCandidate candidate : IntervalCandidate.values()) {
          line.append(' ').append(Cell.of(candidate, data, n, samples, random)).append(" |");
        }
        lines.add(line.toString());
      }
    }
    return lines;
  }

  static List<String> errors(int samples) {
    SplitMix64 random = new SplitMix64(37);
    List<String> lines = new ArrayList<>();
    for (BoundedData data : BoundedData.values()) {
      StringBuilder line = new StringBuilder("| " + data.label + " |");
      for (int n : SIZES) {
        line.append(' ').append(Errors.of(data, n, samples, random)).append(" |");
      }
      lines.add(line.toString());
    }
    return lines;
  }

  /** Prints both tables, from so many experiments a cell. */
  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    int samples = Integer.parseInt(args[0]);
    errors(samples).forEach(out::println);
    intervals(samples).forEach(out::println);
  }
}
