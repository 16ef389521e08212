package org.whisker.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.whisker.stats.ShareInterval.UnseenShare;

class UnseenShareTest {
  @Test
  void byHand() {
    // about 3 / n: the "rule of three"
    assertEquals(1 - Math.pow(0.05, 0.125), UnseenShare.of(8, 0.95), 1e-12);
    assertEquals(0.3123, UnseenShare.of(8, 0.95), 1e-4);
    assertEquals(0.03, UnseenShare.of(100, 0.95), 1e-3);
    assertEquals(0.95, UnseenShare.of(1, 0.95), 1e-12);
  }

  @Test
  void refusesNoRuns() {
    assertThrows(IllegalArgumentException.class, () -> UnseenShare.of(0, 0.95));
    assertThrows(IllegalArgumentException.class, () -> UnseenShare.of(5, 1));
  }
}
