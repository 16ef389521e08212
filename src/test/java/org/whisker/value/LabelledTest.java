package org.whisker.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class LabelledTest {
  private enum Side implements Labelled {
    TOP,
    BOTTOM_LEFT,
    NONE {
      @Override
      public String label() {
        return "-";
      }
    }
  }

  @Test
  void aLabelIsTheNameInLowerCaseUnlessSaidOtherwise() {
    assertEquals(Optional.of(Side.BOTTOM_LEFT), Labelled.find(Side.values(), "bottom_left"));
    assertEquals(Side.NONE, Labelled.parse("side", Side.values(), "-"));
    assertEquals(Optional.empty(), Labelled.find(Side.values(), "TOP"));
  }

  @Test
  void anotherLabelIsRefusedByAListOfAll() {
    Exception e =
        assertThrows(
            IllegalArgumentException.class, () -> Labelled.parse("side", Side.values(), "left"));
    assertEquals("side must be top, bottom_left or -, was left", e.getMessage());
  }
}
