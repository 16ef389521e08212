package org.whisker.classifier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.whisker.image.BlackPixels;

class SideBySideTest {
  private static List<BlackPixels> images(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(
            count -> BlackPixels.of(CountingClassifier.CANVAS, IntStream.range(0, count).toArray()))
        .toList();
  }

  private static List<CountingClassifier> copies(int count, int fewest) {
    return Stream.generate(() -> new CountingClassifier(fewest)).limit(count).toList();
  }

  @Test
  void aBatchIsSharedOutInFours() {
    List<CountingClassifier> copies = copies(3, 4);
    try (SideBySide shared = new SideBySide(copies)) {
      for (int size = 0; size < 40; size++) {
        float[] logits = shared.logits(images(5, 5 + size));
        assertEquals(size, logits.length);
        for (int i = 0; i < size; i++) {
          assertEquals(5 + i, logits[i]);
        }
      }
      copies.forEach(copy -> copy.calls.clear());
      shared.logits(images(0, 29)); // 12, 12, and 5 filled up
      assertEquals(List.of(12), copies.get(0).calls);
      assertEquals(List.of(12), copies.get(1).calls);
      assertEquals(List.of(8), copies.get(2).calls);
    }
    assertEquals(List.of(true, true, true), copies.stream().map(copy -> copy.closed).toList());
  }

  @Test
  void noPartIsSmallerThanTheNetworkAsks() {
    List<CountingClassifier> copies = copies(2, 16);
    try (SideBySide shared = new SideBySide(copies)) {
      assertArrayEquals(new float[] {3, 4, 5}, shared.logits(images(3, 6)));
      shared.logits(images(0, 20));
      assertEquals(List.of(16, 16), copies.get(0).calls);
      assertEquals(List.of(16), copies.get(1).calls);
      assertEquals(16, shared.fewestTogether());
    }
  }

  @Test
  void aFailureIsThatOfThePart() {
    try (SideBySide shared = new SideBySide(copies(2, 4))) {
      assertThrows(IllegalStateException.class, () -> shared.logits(images(57, 65)));
      assertArrayEquals(new float[] {1, 2}, shared.logits(images(1, 3)));
    }
    assertThrows(IllegalArgumentException.class, () -> new SideBySide(List.of()));
  }
}
