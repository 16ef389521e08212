package org.whisker.parallel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DealtWorkTest {
  private static final List<Integer> WORK = List.of(1, 2, 3, 4, 5, 6);

  @Test
  void oneWorkerWorksInOrderOnTheCallersThread() throws IOException {
    StringBuilder done = new StringBuilder();
    Thread caller = Thread.currentThread();
    Crew.deal(
        WORK,
        List.of("a"),
        () -> false,
        (worker, number) -> {
          assertEquals(caller, Thread.currentThread());
          done.append(worker).append(number);
        });
    assertEquals("a1a2a3a4a5a6", done.toString());
  }

  @Test
  void severalWorkAtOnceAndEachNumberOnce() throws IOException {
    Map<Integer, String> by = new ConcurrentHashMap<>();
    CyclicBarrier together = new CyclicBarrier(3);
    Crew.deal(
        WORK,
        List.of("a", "b", "c"),
        () -> false,
        (worker, number) -> {
          meet(together); // hangs, then fails, unless three are at work
          assertEquals(null, by.put(number, worker));
        });
    assertEquals(6, by.size());
    assertEquals(3, by.values().stream().distinct().count());
  }

  private static void meet(CyclicBarrier barrier) throws IOException {
    try {
      barrier.await(5, TimeUnit.MINUTES);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IOException("worked alone", e);
    }
  }

  @Test
  void aFailureEndsTheOthersAfterWhatTheyHaveBegun() {
    AtomicInteger taken = new AtomicInteger();
    IOException thrown =
        assertThrows(
            IOException.class,
            () ->
                Crew.deal(
                    WORK,
                    List.of("a", "b"),
                    () -> false,
                    (worker, number) -> {
                      taken.incrementAndGet();
                      throw new IOException("disk full");
                    }));
    assertEquals("disk full", thrown.getMessage());
    assertTrue(taken.get() <= 2, "went on after a failure: " + taken);
  }

  @Test
  void stoppedNobodyTakesMore() throws IOException {
    ConcurrentSkipListSet<Integer> taken = new ConcurrentSkipListSet<>();
    Crew.deal(
        WORK, List.of("a", "b"), () -> !taken.isEmpty(), (worker, number) -> taken.add(number));
    assertTrue(!taken.isEmpty() && taken.size() <= 2, taken.toString());
  }

  @Test
  void resultsAreInTheOrderOfTheItems() {
    assertEquals(List.of(2, 4, 6, 8, 10, 12), Crew.map(WORK, number -> 2 * number));
    assertEquals(List.of(), Crew.map(List.<Integer>of(), number -> number));
    assertThrows(
        ArithmeticException.class,
        () -> Crew.map(WORK, number -> 12 / (number - 3)),
        "what one of them throws");
  }
}
