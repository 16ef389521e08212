package org.whisker.option;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordsTest {
  private record Range(int low, int high, @Nullable String unit) {
    private Range {
      if (low > high) {
        throw new IllegalArgumentException("low " + low + " is above high " + high);
      }
    }

    int width() {
      return high - low;
    }
  }

  private static final Range RANGE = new Range(2, 5, "px");

  @Test
  void oneOrTwoComponentsDiffer() {
    assertEquals(new Range(2, 9, "px"), Records.changed(RANGE, Range::high).to(9));
    assertEquals(new Range(7, 9, "px"), Records.changed(RANGE, Range::low, Range::high).to(7, 9));
    assertEquals(new Range(2, 5, null), Records.changed(RANGE, Range::unit).to(null));
  }

  @Test
  void theConstructorChecks() {
    Records.Change<Range, Integer> low = Records.changed(RANGE, Range::low);
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> low.to(6));
    assertEquals("low 6 is above high 5", refused.getMessage());
  }

  @Test
  void whatIsNoComponentIsRefused() {
    Records.Change<Range, Integer> width = Records.changed(RANGE, Range::width);
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> width.to(6));
    assertEquals("width is none of the components [low, high, unit]", refused.getMessage());
    Records.Change<Range, Integer> lambda = Records.changed(RANGE, range -> range.low());
    assertThrows(IllegalArgumentException.class, () -> lambda.to(1));
  }
}
