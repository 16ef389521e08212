package org.whisker.classifier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;

class SideBySideTest {
  private static final Canvas CANVAS = new Canvas(8, 8);

  /** The number of black pixels; remembers how many pictures each call had. */
  private static final class Counting implements Classifier {
    private final List<Integer> calls = new ArrayList<>();
    private final int fewest;
    private boolean closed;

    Counting(int fewest) {
      this.fewest = fewest;
    }

    @Override
    public int fewestTogether() {
      return fewest;
    }

    @Override
    public String name() {
      return "counting";
    }

    @Override
    public Canvas canvas() {
      return CANVAS;
    }

    @Override
    public float[] logits(List<? extends Raster> pictures) {
      calls.add(pictures.size());
      float[] logits = new float[pictures.size()];
      for (int i = 0; i < logits.length; i++) {
        logits[i] = ((BlackPixels) pictures.get(i)).count();
        if (logits[i] == 64) {
          throw new IllegalStateException("all black");
        }
      }
      return logits;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private static List<BlackPixels> images(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(count -> BlackPixels.of(CANVAS, IntStream.range(0, count).toArray()))
        .toList();
  }

  private static List<Counting> copies(int count, int fewest) {
    return Stream.generate(() -> new Counting(fewest)).limit(count).toList();
  }

  @Test
  void aBatchIsSharedOutInFours() {
    List<Counting> copies = copies(3, 4);
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
    List<Counting> copies = copies(2, 16);
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
