package org.whisker.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.whisker.stats.Correlation.Ties;

class TiesTest {
  @Test
  void roundingAroundAnyValueBecomesOneValue() {
    for (double middle : new double[] {0, 0.5e-6, 1.5e-6, -3.1893796}) {
      double[] noisy = {middle + 4e-8, middle - 3e-8, middle, middle + 1e-8};
      assertEquals(1, Arrays.stream(Ties.at(1e-6, noisy)).distinct().count(), "at " + middle);
    }
    assertEquals(
        1, Arrays.stream(Ties.at(1e-6, new double[] {-0.0, 0.0, -0.0})).distinct().count());
  }

  @Test
  void valuesFurtherApartKeepTheirOrderAndTheirPlace() {
    double[] values = {1, 1.5, 1.2, 0.1};
    double[] tied = Ties.at(1e-3, values);
    assertArrayEquals(values, tied, 0.5e-3);
    assertArrayEquals(Correlation.ranksOf(values), Correlation.ranksOf(tied));
    assertArrayEquals(values, Ties.at(0, values));
    assertThrows(IllegalArgumentException.class, () -> Ties.at(-1, values));
    assertThrows(IllegalArgumentException.class, () -> Ties.at(Double.NaN, values));
  }

  @Test
  void constantIsWhatFloatsCannotTellApart() {
    assertTrue(Ties.isConstant(new double[] {-3.1893796, -3.1893797}));
    assertTrue(Ties.isConstant(new double[] {0, 0}));
    assertFalse(Ties.isConstant(new double[] {0, 1e-12}));
    assertFalse(Ties.isConstant(new double[] {1, 1.001}));
  }
}
