package org.whisker.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PageTextTest {
  private static String quantity(double value, double low, double high) {
    return PageText.quantity(
        OptionalDouble.of(value), OptionalDouble.of(low), OptionalDouble.of(high));
  }

  /** A share of 1 has an interval that is not [1, 1]. */
  @Test
  void anIntervalKeepsItsDecimals() {
    assertEquals("1.00 [0.76, 1.00]", quantity(1, 0.758, 1));
    assertEquals("24.0 [20.5, 30.0]", quantity(24, 20.5, 30));
    assertEquals("24 [20, 30]", quantity(24, 20, 30));
    assertEquals("0.120 [0.100, 0.140]", quantity(0.12, 0.1, 0.14));
    assertEquals("1234 [1000, 1500]", quantity(1234.4, 1000.1, 1500.2));
  }
}
