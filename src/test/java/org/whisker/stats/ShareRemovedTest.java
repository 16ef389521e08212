package org.whisker.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.random.SplitMix64;
import org.whisker.stats.EffectSize.ShareRemoved;
import org.whisker.stats.Estimate.StudentInterval;

class ShareRemovedTest {
  private final SplitMix64 random = new SplitMix64(29);

  @Test
  void byHand() {
    // Change 0.1, 0.2, 0.3 (mean 0.2, variance 0.01); bias 0.3, 0.4, 0.5 (0.4, 0.01); covariance
    // 0.01. t(2 degrees, 90 %) = 1.885618, t²/3 = 1.185185: 0.16 − 0.0118519 = 0.1481481,
    // 0.08 − 0.0118519 = 0.0681481, 0.04 − 0.0118519 = 0.0281481; root of 0.0046442 − 0.0041701.
    double[] control = {0.2, 0.1, 0};
    double[] treated = {0.3, 0.3, 0.3};
    Estimate share = ShareRemoved.of(control, treated, 0.5, 0.8).orElseThrow();
    assertEquals(0.5, share.value(), 1e-12);
    assertEquals((0.0681481 - 0.0217732) / 0.1481481, share.interval().low(), 1e-5);
    assertEquals((0.0681481 + 0.0217732) / 0.1481481, share.interval().high(), 1e-5);
  }

  @Test
  void hasASign() {
    assertEquals(1, share(0.2, 0.5), 1e-9);
    assertEquals(0, share(0.2, 0.2), 1e-9);
    assertEquals(-0.5, share(0.3, 0.2), 1e-9);
    assertEquals(1.5, share(0.3, 0.6), 1e-9);
    // of a bias to the centre, likewise
    assertEquals(0.5, share(0.7, 0.6), 1e-9);
  }

  /** Of arms without any spread. */
  private static double share(double control, double treated) {
    double[] before = {control, control, control};
    double[] after = {treated, treated, treated};
    return ShareRemoved.of(before, after, 0.5, 0.95).orElseThrow().value();
  }

  @Test
  void noneWhereThereIsNoBias() {
    double[] control = {0.4, 0.5, 0.55, 0.45};
    assertTrue(StudentInterval.mean(control, 0.95).contains(0.5));
    assertEquals(Optional.empty(), ShareRemoved.of(control, control, 0.5, 0.95));
    double[] same = {0.5, 0.5};
    assertEquals(Optional.empty(), ShareRemoved.of(same, same, 0.5, 0.95));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.5, 0, 0.6, 1})
  void covers(double share) {
    Simulated.assertCovers95(
        () -> {
          double[] control = Simulated.normal(8, 0.25, 0.06, random);
          double[] treated = new double[8];
          for (int i = 0; i < 8; i++) {
            double noise = control[i] - 0.25 + 0.05 * random.nextGaussian();
            treated[i] = 0.25 + share * 0.25 + noise;
          }
          return ShareRemoved.of(control, treated, 0.5, 0.95)
              .map(found -> found.interval().contains(share))
              .orElse(true);
        });
  }

  @Test
  void refusesWhatHasNoAnswer() {
    double[] one = {0.1};
    double[] two = {0.1, 0.2};
    assertThrows(IllegalArgumentException.class, () -> ShareRemoved.of(one, one, 0.5, 0.95));
    assertThrows(IllegalArgumentException.class, () -> ShareRemoved.of(two, one, 0.5, 0.95));
    assertThrows(IllegalArgumentException.class, () -> ShareRemoved.of(two, two, 0.5, 1));
  }
}
