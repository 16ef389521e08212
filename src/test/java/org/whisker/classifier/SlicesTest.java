package org.whisker.classifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class SlicesTest {
  @Test
  void theyShrinkWithMaps() {
    assertEquals(16, Slices.of(1 << 20).size());
    assertEquals(32, Slices.of(1 << 18).size());
    assertEquals(64, Slices.of(1 << 17).size());
    assertEquals(16, Slices.of(1L << 40).size());
    assertThrows(IllegalArgumentException.class, () -> new Slices(8));
    assertThrows(IllegalArgumentException.class, () -> new Slices(18));
  }
}
