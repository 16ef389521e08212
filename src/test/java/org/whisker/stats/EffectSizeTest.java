package org.whisker.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.whisker.random.SplitMix64;
import org.whisker.stats.Estimate.Interval;

class EffectSizeTest {
  private final SplitMix64 random = new SplitMix64(15);

  @Test
  void a12CountsWinsAndHalfTies() {
    // 3 beats 1 and 2, ties with 3; 2 beats 1, ties with 2, loses to 3: 3 wins, 2 ties of 6.
    assertEquals(4 / 6.0, EffectSize.a12(new double[] {3, 2}, new double[] {1, 2, 3}), 1e-15);
    assertEquals(1, EffectSize.a12(new double[] {4, 5}, new double[] {1}));
    assertEquals(0, EffectSize.a12(new double[] {1}, new double[] {4, 5}));
    assertEquals(0.5, EffectSize.a12(new double[] {2, 2}, new double[] {2, 2, 2}));
    // Of 5·4 pairs 3 + 4 + 2 + 0 + 4 are won, 1 + 0 + 1 + 1 + 0 tied.
    double[] a = {7, 9, 4, 1, 8};
    double[] b = {4, 7, 1, 3};
    assertEquals((13 + 1.5) / 20, EffectSize.a12(a, b), 1e-15);
    assertEquals(1, EffectSize.a12(a, b) + EffectSize.a12(b, a), 1e-15);
  }

  @Test
  void differencesAreFirstLessSecond() {
    double[] a = {3, 5, 7};
    double[] b = {1, 2, 3};
    Bootstrap bootstrap = new Bootstrap(0.95, 99);
    Estimate paired = EffectSize.pairedDifference(a, b, bootstrap, random);
    assertEquals(3, paired.value(), 1e-15);
    // Differences 2, 3, 4.
    assertEquals(3 + 4.302653 / Math.sqrt(3), paired.interval().high(), 1e-6);
    Interval unpaired = bootstrap.difference(a, b, random);
    assertTrue(unpaired.width() > paired.interval().width());
  }
}
