package org.whisker.planted;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlantMapsTest {
  @Test
  void bothValuesOfATextureLieAsDeepAndItIsNotTheSameOnceRolled() {
    double[] map = PlantMaps.texture(1, 0);
    int side = PlantMaps.CANVAS.width();
    for (int distance = 0; 2 * distance < side; distance++) {
      int ring = distance;
      int[] pixels =
          IntStream.range(0, map.length)
              .filter(p -> PlantMaps.CANVAS.borderDistance(p) == ring)
              .toArray();
      double dark = IntStream.of(pixels).mapToDouble(p -> map[p]).sum();
      assertEquals(0.5 * pixels.length, dark, "ring " + distance);
    }
    for (int shift = 1; shift < side; shift++) {
      int by = shift;
      boolean same =
          IntStream.range(0, map.length)
              .allMatch(p -> map[p] == map[p / side * side + (p % side + by) % side]);
      assertFalse(same, "rolled by " + shift);
    }
  }
}
