package org.whisker.stats;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.whisker.random.SplitMix64;
import org.whisker.stats.Correlation.RankCorrelation;
import org.whisker.stats.Estimate.Interval;

/** Prints the coverage of {@link RankCorrelation}'s interval that docs/intervals.md tells. */
public final class RankIntervalCoverage {
  private static final int EXPERIMENTS = 4_000;
  private static final int LARGE = 200_000;
  private static final List<Integer> SIZES = List.of(8, 12, 20, 24, 40);

  private RankIntervalCoverage() {}

  /** How pairs are drawn. */
  private record Law(String name, double r, double share, boolean tied) {
    double[][] draw(int n, SplitMix64 random) {
      double[][] pairs = new double[2][n];
      for (int i = 0; i < n; i++) {
        double away = random.nextDouble() < share ? 4 : 0;
        double x = random.nextGaussian();
        double y = r * x + Math.sqrt(1 - r * r) * random.nextGaussian();
        pairs[0][i] = x + away;
        pairs[1][i] = tied ? Math.round(y) : y + away;
      }
      return pairs;
    }
  }

  private static List<Law> laws() {
    List<Law> laws = new ArrayList<>();
    for (double r : new double[] {0, 0.3, 0.5, 0.8, 0.95}) {
      laws.add(new Law("normal, r = " + r, r, 0, false));
    }
    laws.add(new Law("15 % far from the others in both, else r = 0", 0, 0.15, false));
    laws.add(new Law("15 % far from the others in both, else r = -0.5", -0.5, 0.15, false));
    laws.add(new Law("normal, r = 0.5, one side rounded (mostly five values)", 0.5, 0, true));
    return laws;
  }

  public static void main(String[] args) {
    PrintStream out = System.out;
    for (Law law : laws()) {
      double[][] many = law.draw(LARGE, SplitMix64.stream(1, "truth " + law.name(), 0));
      double truth = Correlation.spearman(many[0], many[1]);
      StringBuilder line = new StringBuilder("| " + law.name());
      line.append(String.format(Locale.ROOT, " | %.2f", truth));
      for (int n : SIZES) {
        line.append(cell(law, truth, n));
      }
      out.println(line.append(" |"));
    }
  }

  private static String cell(Law law, double truth, int n) {
    int covered = 0;
    int defined = 0;
    double width = 0;
    for (int i = 0; i < EXPERIMENTS; i++) {
      double[][] pairs = law.draw(n, SplitMix64.stream(2, law.name() + n, i));
      if (Arrays.stream(pairs[1]).distinct().count() < 2) {
        continue; // no correlation is defined
      }
      defined++;
      Interval interval = RankCorrelation.interval(Correlation.spearman(pairs[0], pairs[1]), n);
      covered += interval.contains(truth) ? 1 : 0;
      width += interval.width();
    }
    return String.format(Locale.ROOT, " | %.0f (%.2f)", 100.0 * covered / defined, width / defined);
  }
}
