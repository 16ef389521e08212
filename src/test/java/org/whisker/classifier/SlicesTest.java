package org.whisker.classifier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlicesTest {
  private static List<Integer> sizes(Slices slices, int from, int to) {
    List<Integer> sizes = new ArrayList<>();
    int[] next = {from};
    slices.over(
        from,
        to,
        (a, b) -> {
          assertEquals(next[0], a);
          next[0] = b;
          sizes.add(b - a);
        });
    assertEquals(to, next[0]);
    return sizes;
  }

  @Test
  void partsAreOfFoursAndNoneIsSmall() {
    assertEquals(List.of(16, 16, 16, 16, 16, 20), sizes(new Slices(16), 0, 100));
    assertEquals(List.of(24, 25), sizes(new Slices(24), 7, 56));
    assertEquals(List.of(3), sizes(new Slices(16), 200, 203));
    assertEquals(List.of(100), sizes(Slices.whole(), 0, 100));
    for (int count = 16; count < 300; count++) {
      List<Integer> sizes = sizes(new Slices(20), 5, 5 + count);
      for (int i = 0; i < sizes.size(); i++) {
        assertTrue(sizes.get(i) >= Math.min(20, count) && sizes.get(i) < 40, sizes.toString());
        assertTrue(i == sizes.size() - 1 || sizes.get(i) % 4 == 0, sizes.toString());
      }
    }
  }

  @Test
  void theyGrowWithThreadsAndShrinkWithMaps() {
    assertEquals(16, Slices.of(1 << 20, 1).size());
    assertEquals(32, Slices.of(1 << 20, 4).size());
    assertEquals(64, Slices.of(1 << 17, 1).size());
    assertEquals(16, Slices.of(1L << 40, 1).size());
    assertThrows(IllegalArgumentException.class, () -> new Slices(8));
    assertThrows(IllegalArgumentException.class, () -> new Slices(18));
  }
}
