package org.whisker.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.whisker.stats.Estimate.Interval;

class ShareIntervalTest {
  /** Newcombe, Statistics in Medicine 17 (1998), table I: 81 of 263. */
  @Test
  void agreesWithThePublishedWilsonInterval() {
    Interval interval = ShareInterval.of(81, 263, 0.95);
    assertEquals(0.2553, interval.low(), 5e-5);
    assertEquals(0.3662, interval.high(), 5e-5);
  }

  /** Newcombe (1998), table II, method 10: 56 of 70 less 48 of 80. */
  @Test
  void agreesWithThePublishedDifference() {
    Estimate difference = ShareInterval.difference(56, 70, 48, 80, 0.95);
    assertEquals(0.2, difference.value(), 1e-12);
    assertEquals(0.0524, difference.interval().low(), 5e-5);
    assertEquals(0.3339, difference.interval().high(), 5e-5);
  }

  @Test
  void holdsWhereAllOrNoneSucceed() {
    for (int n = 1; n < 50; n++) {
      assertEquals(0, ShareInterval.of(0, n, 0.95).low());
      assertEquals(1, ShareInterval.of(n, n, 0.95).high());
    }
    assertTrue(ShareInterval.of(0, 10, 0.95).high() > 0.2);
    assertThrows(IllegalArgumentException.class, () -> ShareInterval.of(3, 2, 0.95));
  }
}
