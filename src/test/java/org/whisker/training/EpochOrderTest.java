package org.whisker.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EpochOrderTest {
  private static Map<Integer, Integer> times(int[] order) {
    Map<Integer, Integer> times = new TreeMap<>();
    Arrays.stream(order).forEach(photo -> times.merge(photo, 1, Integer::sum));
    return times;
  }

  @Test
  void everyPhotoComesOnceInAnOrderThatChanges() throws IOException {
    EpochOrder order = new EpochOrder(MemoryPhotos.of(3, 7), false);
    assertEquals(10, order.length());
    assertArrayEquals(
        IntStream.range(0, 10).toArray(), Arrays.stream(order.of(1, 1)).sorted().toArray());
    assertArrayEquals(order.of(1, 1), order.of(1, 1));
    assertNotEquals(Arrays.toString(order.of(1, 1)), Arrays.toString(order.of(1, 2)));
    assertNotEquals(Arrays.toString(order.of(1, 1)), Arrays.toString(order.of(2, 1)));
  }

  @Test
  void balancedTheSmallerClassComesAsOftenGiveOrTakeOne() throws IOException {
    EpochOrder order = new EpochOrder(MemoryPhotos.of(3, 7), true);
    assertEquals(14, order.length());
    Map<Integer, Integer> extra = new TreeMap<>();
    for (int epoch = 1; epoch <= 20; epoch++) {
      Map<Integer, Integer> times = times(order.of(1, epoch));
      for (int photo = 0; photo < 10; photo++) {
        int n = times.getOrDefault(photo, 0);
        assertTrue(photo < 3 ? n == 2 || n == 3 : n == 1, photo + " came " + n + " times");
        if (n == 3) {
          extra.merge(photo, 1, Integer::sum);
        }
      }
      assertEquals(14, times.values().stream().mapToInt(Integer::intValue).sum());
    }
    assertEquals(3, extra.size(), "it is not always the same that comes once more: " + extra);
  }

  @Test
  void unevenIsOneAndAHalfTimes() throws IOException {
    assertTrue(new EpochOrder(MemoryPhotos.of(4, 6), false).isUneven());
    assertTrue(new EpochOrder(MemoryPhotos.of(6, 4), false).isUneven());
    assertFalse(new EpochOrder(MemoryPhotos.of(5, 7), false).isUneven());
  }

  @Test
  void oneClassAloneCannotBeBalanced() throws IOException {
    var cats = MemoryPhotos.of(4, 0);
    assertThrows(IllegalArgumentException.class, () -> new EpochOrder(cats, true));
  }
}
