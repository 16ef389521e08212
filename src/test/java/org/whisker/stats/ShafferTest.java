package org.whisker.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.whisker.random.SplitMix64;
import org.whisker.stats.Shaffer.Tests;

class ShafferTest {
  private static final double MARGIN = 0.5;
  private final SplitMix64 random = new SplitMix64(23);

  @Test
  void byHand() {
    // Two pairs and a single test: m + s = 3, five p-values. Multipliers 3, 3, 3, 2, 1.
    List<Tests> adjusted = Shaffer.adjust(List.of(both(0.01, 0.9), both(0.3, 0.012), single(0.02)));
    assertTests(0.03, 0.9, adjusted.get(0));
    assertTests(0.6, 0.036, adjusted.get(1));
    assertEquals(0.06, adjusted.get(2).difference(), 1e-12);
    assertEquals(OptionalDouble.empty(), adjusted.get(2).equivalence());
    // Sorted 0.2, 0.21, 0.3, 0.31: 2 · 0.2, 2 · 0.21, 2 · 0.3, then 0.31, which may not fall.
    List<Tests> monotone = Shaffer.adjust(List.of(both(0.3, 0.2), both(0.21, 0.31)));
    assertTests(0.6, 0.4, monotone.get(0));
    assertTests(0.42, 0.6, monotone.get(1));
    assertTests(1, 1, Shaffer.adjust(List.of(both(0.9, 0.8), both(0.7, 0.6))).get(0));
    assertEquals(List.of(), Shaffer.adjust(List.of()));
  }

  private static void assertTests(double difference, double equivalence, Tests tests) {
    assertEquals(difference, tests.difference(), 1e-12);
    assertEquals(equivalence, tests.equivalence().orElseThrow(), 1e-12);
  }

  @Test
  void withoutEquivalenceItIsHolms() {
    double[] p = {0.03, 0.0125, 0.04, 0.005, 0.2};
    List<Tests> single = IntStream.range(0, p.length).mapToObj(i -> single(p[i])).toList();
    double[] adjusted = Shaffer.adjust(single).stream().mapToDouble(Tests::difference).toArray();
    assertArrayEquals(Holm.adjust(p), adjusted, 1e-15);
  }

  @Test
  void oneHypothesisNeedsNoCorrection() {
    assertTests(0.04, 0.7, Shaffer.adjust(List.of(both(0.04, 0.7))).get(0));
    assertTests(0.7, 0.04, Shaffer.adjust(List.of(both(0.7, 0.04))).get(0));
  }

  /**
   * Three hypotheses without an effect, three at the margin, one between both, one difference
   * alone: every null hypothesis that can be true is.
   */
  @Test
  void keepsTheFamilyAtAlpha() {
    double[] means = {0, 0, 0, MARGIN, MARGIN, -MARGIN, MARGIN / 2, 0};
    Simulated.assertWithin(0.01, 0.055, Simulated.share(() -> falselyRejects(means)));
  }

  /** Nothing differs anywhere, so only differences can be false: as often as Holm allows. */
  @Test
  void isNotTooCarefulWhereAllDifferencesAreNull() {
    double[] means = new double[8];
    Simulated.assertWithin(0.025, 0.06, Simulated.share(() -> falselyRejects(means)));
  }

  /** z tests of known variance; the last hypothesis has no test for equivalence. */
  private boolean falselyRejects(double[] means) {
    double error = 0.15;
    List<Tests> tests = new ArrayList<>();
    for (int i = 0; i < means.length; i++) {
      double seen = means[i] + error * random.nextGaussian();
      double p = 2 * above(Math.abs(seen) / error);
      double equivalent = above((MARGIN - Math.abs(seen)) / error);
      tests.add(i == means.length - 1 ? single(p) : both(p, equivalent));
    }
    List<Tests> adjusted = Shaffer.adjust(tests);
    return IntStream.range(0, means.length).anyMatch(i -> isFalse(means[i], adjusted.get(i)));
  }

  private static double above(double z) {
    return 1 - new NormalDistribution().cumulativeProbability(z);
  }

  private static boolean isFalse(double mean, Tests adjusted) {
    return (mean == 0 && adjusted.difference() <= 0.05)
        || (Math.abs(mean) >= MARGIN && adjusted.equivalence().orElse(1) <= 0.05);
  }

  @Test
  void costsLessThanHolmOverAllTests() {
    List<Tests> tests = List.of(both(0.01, 0.9), both(0.5, 0.4));
    assertEquals(0.02, Shaffer.adjust(tests).get(0).difference(), 1e-15);
    assertEquals(0.04, Holm.adjust(0.01, 0.9, 0.5, 0.4)[0], 1e-15);
  }

  @Test
  void refusesWhatIsNoProbability() {
    assertThrows(IllegalArgumentException.class, () -> single(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> both(0.1, 1.1));
  }

  private static Tests both(double difference, double equivalence) {
    return new Tests(difference, OptionalDouble.of(equivalence));
  }

  private static Tests single(double difference) {
    return new Tests(difference, OptionalDouble.empty());
  }
}
