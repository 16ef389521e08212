package org.whisker.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.random.SplitMix64;
import org.whisker.stats.Estimate.Interval;
import org.whisker.stats.RocCurve.Auc;

class AucTest {
  private final SplitMix64 random = new SplitMix64(5);

  private float[] normal(int n, double mean) {
    double[] drawn = Simulated.normal(n, mean, 1, random);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) drawn[i];
    }
    return values;
  }

  /** The area of two normal distributions that lie d apart is Φ(d / √2). */
  @ParameterizedTest
  @ValueSource(doubles = {0, 1, 2})
  void coversTheTrueArea(double apart) {
    double area = new NormalDistribution().cumulativeProbability(apart / Math.sqrt(2));
    Simulated.assertCovers95(
        () ->
            Auc.intervalBelow(normal(80, 0), normal(60, apart), 0.95).orElseThrow().contains(area));
  }

  /** Variances of the mean shares of cats and of others, added. */
  @Test
  void aSmallSampleByHand() {
    float[] cats = {1, 2, 4};
    float[] others = {3, 5};
    // shares: cats 1, 1, ½; others ⅔, 1. Variances of the means: 1/36 and 1/36
    double area = 5 / 6.0;
    double half = 1.959964 * Math.sqrt(2 / 36.0) / (area * (1 - area));
    Interval interval = Auc.intervalBelow(cats, others, 0.95).orElseThrow();
    assertEquals(1 / (1 + Math.exp(-(Math.log(5) - half))), interval.low(), 1e-6);
    assertEquals(1 / (1 + Math.exp(-(Math.log(5) + half))), interval.high(), 1e-6);
    assertTrue(interval.high() < 1);
  }

  @Test
  void aPerfectOrTinySampleHasNone() {
    assertEquals(Optional.empty(), Auc.intervalBelow(new float[] {1, 2}, new float[] {3, 4}, 0.95));
    assertEquals(Optional.empty(), Auc.intervalBelow(new float[] {1}, new float[] {0, 4}, 0.95));
  }
}
