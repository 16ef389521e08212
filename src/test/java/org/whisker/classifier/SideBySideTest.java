package org.whisker.classifier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.whisker.image.BlackPixels;
import org.whisker.image.Raster;

class SideBySideTest {
  private static List<BlackPixels> images(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(
            count -> BlackPixels.of(CountingClassifier.CANVAS, IntStream.range(0, count).toArray()))
        .toList();
  }

  private static List<CountingClassifier> copies(int count) {
    return Stream.generate(CountingClassifier::new).limit(count).toList();
  }

  @Test
  void aBatchIsSharedOut() {
    List<CountingClassifier> copies = copies(3);
    try (SideBySide shared = new SideBySide(copies)) {
      for (int size = 0; size < 40; size++) {
        float[] logits = shared.logits(images(5, 5 + size));
        assertEquals(size, logits.length);
        for (int i = 0; i < size; i++) {
          assertEquals(5 + i, logits[i]);
        }
      }
      copies.forEach(copy -> copy.calls.clear());
      shared.logits(images(0, 29));
      assertEquals(List.of(10), copies.get(0).calls);
      assertEquals(List.of(10), copies.get(1).calls);
      assertEquals(List.of(9), copies.get(2).calls);
    }
    assertEquals(List.of(true, true, true), copies.stream().map(copy -> copy.closed).toList());
  }

  @Test
  void aFailureIsThatOfThePart() {
    try (SideBySide shared = new SideBySide(copies(2))) {
      assertThrows(IllegalStateException.class, () -> shared.logits(images(57, 65)));
      assertArrayEquals(new float[] {1, 2}, shared.logits(images(1, 3)));
    }
    assertThrows(IllegalArgumentException.class, () -> new SideBySide(List.of()));
  }

  /** Notes whether it is closed while it works. */
  private static final class Slow extends CountingClassifier {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);
    private volatile boolean atWork;
    private volatile boolean closedAtWork;

    @Override
    public float[] logits(List<? extends Raster> pictures) {
      atWork = true;
      begun.countDown();
      boolean interrupted = false;
      while (go.getCount() > 0) {
        try {
          go.await();
        } catch (InterruptedException e) {
          interrupted = true; // as native code, which goes on
        }
      }
      atWork = false;
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      return super.logits(pictures);
    }

    @Override
    public void close() {
      closedAtWork |= atWork;
      super.close();
    }
  }

  @Test
  @Timeout(300)
  void closingAwaitsACopyAtWork() throws Exception {
    Slow slow = new Slow();
    SideBySide shared = new SideBySide(List.of(new CountingClassifier(), slow));
    FutureTask<float[]> call = new FutureTask<>(() -> shared.logits(images(1, 3)));
    Thread caller = new Thread(call);
    caller.start();
    slow.begun.await();
    caller.interrupt();
    Thread closer = new Thread(shared::close);
    closer.start();
    closer.join(300);
    slow.go.countDown();
    assertThrows(ExecutionException.class, call::get);
    closer.join();
    assertTrue(slow.closed);
    assertFalse(slow.closedAtWork, "closed while it worked");
  }

  @Test
  @Timeout(300)
  void whoeverIsInterruptedReturnsWhenNoCopyIsAtWork() throws Exception {
    Slow slow = new Slow();
    try (SideBySide shared = new SideBySide(List.of(new CountingClassifier(), slow))) {
      FutureTask<Boolean> call =
          new FutureTask<>(
              () -> {
                assertThrows(CancellationException.class, () -> shared.logits(images(1, 3)));
                assertTrue(Thread.interrupted());
                return slow.atWork;
              });
      Thread caller = new Thread(call);
      caller.start();
      slow.begun.await();
      caller.interrupt();
      caller.join(300);
      slow.go.countDown();
      assertFalse(call.get(), "it returned while a copy worked");
    }
  }

  @Test
  @Timeout(300)
  void anErrorOfOnePartReachesTheCallerWhenTheOthersHaveEnded() throws Exception {
    OutOfMemoryError none = new OutOfMemoryError("as one of libtorch's");
    Slow slow = new Slow();
    CountingClassifier failing =
        new CountingClassifier() {
          @Override
          public float[] logits(List<? extends Raster> pictures) {
            try {
              slow.begun.await();
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
            throw none;
          }
        };
    try (SideBySide shared = new SideBySide(List.of(failing, slow))) {
      FutureTask<Boolean> call =
          new FutureTask<>(
              () -> {
                assertSame(none, assertThrows(Error.class, () -> shared.logits(images(1, 3))));
                return slow.atWork;
              });
      Thread caller = new Thread(call);
      caller.start();
      slow.begun.await();
      caller.join(300);
      slow.go.countDown();
      assertFalse(call.get(), "it returned while a copy worked");
    }
  }
}
