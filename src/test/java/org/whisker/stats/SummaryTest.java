package org.whisker.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.whisker.stats.Samples.Summary;

class SummaryTest {
  @Test
  void sixNumbers() {
    Summary summary = Summary.of(4, 1, 2, 9);
    assertEquals(new Summary(4, 4, summary.sd(), 3, 1, 9), summary);
    assertEquals(Math.sqrt((0 + 9 + 4 + 25) / 3.0), summary.sd().getAsDouble(), 1e-15);
    assertEquals(2, Summary.of(9, 1, 2).median());
  }

  @Test
  void oneValueHasNoSpread() {
    assertEquals(new Summary(1, 0.1, OptionalDouble.empty(), 0.1, 0.1, 0.1), Summary.of(0.1));
  }

  @Test
  void refusesNothingAndNaN() {
    assertThrows(IllegalArgumentException.class, Summary::of);
    assertThrows(IllegalArgumentException.class, () -> Summary.of(1, Double.NaN));
  }

  @Test
  void theMedianIsInTheMiddleInAnyOrder() {
    assertEquals(2, Samples.median(9, 1, 2));
    assertEquals(2.5, Samples.median(9, 3, 1, 2));
    assertEquals(7, Samples.median(7));
  }

  @Test
  void eachValueHasItsWeight() {
    assertEquals(2 * 5 - 7, Samples.weightedSum(new double[] {2, -1}, new double[] {5, 7}));
  }
}
