package org.whisker.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class UnseenShareTest {
  @Test
  void byHand() {
    // about 3 / n: the "rule of three"
    assertEquals(1 - Math.pow(0.05, 0.125), ShareInterval.unseenShare(8, 0.95), 1e-12);
    assertEquals(0.3123, ShareInterval.unseenShare(8, 0.95), 1e-4);
    assertEquals(0.03, ShareInterval.unseenShare(100, 0.95), 1e-3);
    assertEquals(0.95, ShareInterval.unseenShare(1, 0.95), 1e-12);
  }

  @Test
  void refusesNoRuns() {
    assertThrows(IllegalArgumentException.class, () -> ShareInterval.unseenShare(0, 0.95));
    assertThrows(IllegalArgumentException.class, () -> ShareInterval.unseenShare(5, 1));
  }
}
