package org.whisker.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.whisker.stats.Estimate.Interval;

class StudentIntervalTest {
  @Test
  void isTheTextbooksInterval() {
    // mean 2, sd 1, n 3: 2 ± 4.302653 / sqrt(3)
    Interval interval = Estimate.studentInterval(new double[] {1, 2, 3}, 0.95);
    assertEquals(2 - 4.302652729911275 / Math.sqrt(3), interval.low(), 1e-9);
    assertEquals(2 + 4.302652729911275 / Math.sqrt(3), interval.high(), 1e-9);
  }

  @Test
  void withoutSpreadItIsAPoint() {
    assertEquals(new Interval(4, 4, 0.9), Estimate.studentInterval(new double[] {4, 4}, 0.9));
  }

  @Test
  void needsTwoRunsAndALevel() {
    assertThrows(
        IllegalArgumentException.class, () -> Estimate.studentInterval(new double[] {1}, 0.95));
    assertThrows(
        IllegalArgumentException.class, () -> Estimate.studentInterval(new double[] {1, 2}, 1));
  }
}
