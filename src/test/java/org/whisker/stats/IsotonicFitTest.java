package org.whisker.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class IsotonicFitTest {
  @Test
  void poolsWhatWouldFallAndGoesStraightBetween() {
    // 3 and 1 at x = 2 and 3 become 2 at 2.5
    IsotonicFit fit = IsotonicFit.of(new double[] {3, 1, 2, 4}, new double[] {1, 0, 3, 5});
    assertEquals(0, fit.at(1), 1e-12);
    assertEquals(2, fit.at(2.5), 1e-12);
    assertEquals(1, fit.at(1.75), 1e-12);
    assertEquals(3.5, fit.at(3.25), 1e-12);
    assertEquals(0, fit.at(-9), 1e-12);
    assertEquals(5, fit.at(9), 1e-12);
  }

  @Test
  void aRisingLineStaysAsItIs() {
    IsotonicFit fit = IsotonicFit.of(new double[] {0, 1, 2}, new double[] {0, 3, 6});
    assertEquals(4.5, fit.at(1.5), 1e-12);
  }

  @Test
  void equalPlacesShareTheirMean() {
    IsotonicFit fit = IsotonicFit.of(new double[] {1, 1, 2}, new double[] {0, 4, 9});
    assertEquals(2, fit.at(1), 1e-12);
  }

  /** Before anything is pooled: the mean at 2 is as high as the value at 1. */
  @Test
  void equalPlacesShareTheirMeanBehindAFall() {
    IsotonicFit fit = IsotonicFit.of(new double[] {1, 2, 2}, new double[] {5, 0, 10});
    assertEquals(5, fit.at(1), 1e-12);
    assertEquals(5, fit.at(2), 1e-12);
  }

  @Test
  void refusesNothingAtAll() {
    assertThrows(
        IllegalArgumentException.class, () -> IsotonicFit.of(new double[0], new double[0]));
  }
}
