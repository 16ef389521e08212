package org.whisker.torch;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.whisker.torch.natives.OperatorThreads;

@Timeout(60)
class PictureThreadsTest {
  @BeforeAll
  static void load() {
    NativeCache.load();
  }

  /** The sizes of the parts, in their order. */
  private static List<Integer> sizes(int threads, int step, int count) {
    ConcurrentSkipListMap<Integer, Integer> ends = new ConcurrentSkipListMap<>();
    withThreads(
        threads,
        () -> {
          try (PictureThreads shared = new PictureThreads()) {
            shared.over(count, step, ends::put);
          }
        });
    List<Integer> sizes = new ArrayList<>();
    int next = 0;
    for (var part : ends.entrySet()) {
      assertEquals(next, part.getKey());
      next = part.getValue();
      sizes.add(next - part.getKey());
    }
    assertEquals(count, next);
    return sizes;
  }

  private static void withThreads(int threads, Runnable work) {
    LockStepScoresTest.withThreads(
        threads,
        () -> {
          work.run();
          return threads;
        });
  }

  /** A thread that is set to one sets MKL's number meanwhile, which others compute by. */
  @Test
  void noThreadBeginsWhileAnotherComputes() {
    withThreads(
        3,
        () -> {
          Set<Thread> before = crew();
          try (PictureThreads shared = new PictureThreads()) {
            shared.over(1, 1, (from, to) -> {});
            Set<Thread> begun = crew();
            begun.removeAll(before);
            assertTrue(begun.size() >= 3, begun::toString);
          }
        });
  }

  private static Set<Thread> crew() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("crew"))
        .collect(Collectors.toSet());
  }

  @Test
  void eachThreadHasAsManyPartsOfNearlyOneSize() {
    assertEquals(List.of(16, 17, 17, 16, 17, 17), sizes(2, 1, 100));
    assertEquals(List.of(3, 3, 3), sizes(3, 1, 9));
    assertEquals(List.of(1), sizes(4, 1, 1));
    assertEquals(List.of(16, 16, 16, 16, 16, 20), sizes(1, 4, 100));
    assertEquals(List.of(8, 4), sizes(2, 8, 12));
  }

  @Test
  void withAStepOnlyTheLastPartIsNoMultiple() {
    for (int count = 1; count < 130; count++) {
      for (int step : new int[] {4, 8}) {
        List<Integer> sizes = sizes(3, step, count);
        for (int i = 0; i < sizes.size(); i++) {
          assertTrue(i == sizes.size() - 1 || sizes.get(i) % step == 0, sizes.toString());
        }
      }
    }
  }

  @Test
  void whatIsFoundOfEachIsInOrder() {
    for (int threads = 1; threads <= 3; threads++) {
      withThreads(
          threads,
          () -> {
            try (PictureThreads shared = new PictureThreads()) {
              List<String> found = shared.each(40, (from, to) -> List.of(from + " " + (to - from)));
              assertEquals(IntStream.range(0, 40).mapToObj(i -> i + " 1").toList(), found);
            }
          });
    }
    assertEquals(List.of(0, 40), PictureThreads.none().each(40, (from, to) -> List.of(from, to)));
  }

  @Test
  void operatorsHaveOneThreadThereAndTheirOwnNumberElsewhere() {
    Set<Integer> counts = ConcurrentHashMap.newKeySet();
    withThreads(
        3,
        () -> {
          try (PictureThreads shared = new PictureThreads()) {
            shared.over(30, 1, (from, to) -> counts.add(OperatorThreads.count()));
            shared.alone(() -> counts.add(OperatorThreads.count()));
          }
          PictureThreads.none().over(1, 1, (from, to) -> counts.add(10 * OperatorThreads.count()));
          assertEquals(3, OperatorThreads.count());
          assertEquals(List.of(3), countsOfANewThread());
        });
    assertEquals(Set.of(1, 30), counts);
  }

  private static List<Integer> countsOfANewThread() {
    List<Integer> counts = new ArrayList<>();
    Thread thread = new Thread(() -> counts.add(OperatorThreads.count()), "later");
    thread.start();
    assertDoesNotThrow(() -> thread.join());
    return counts;
  }

  @Test
  void aFailureIsThrownOnceNoneIsAtWork() {
    withThreads(
        2,
        () -> {
          AtomicInteger working = new AtomicInteger();
          CountDownLatch both = new CountDownLatch(2);
          try (PictureThreads shared = new PictureThreads()) {
            IllegalStateException thrown =
                assertThrows(
                    IllegalStateException.class,
                    () ->
                        shared.over(
                            8,
                            1,
                            (from, to) -> {
                              working.incrementAndGet();
                              both.countDown();
                              assertDoesNotThrow(() -> both.await());
                              working.decrementAndGet();
                              if (from == 0) {
                                throw new IllegalStateException("a part");
                              }
                            }));
            assertEquals("a part", thrown.getMessage());
            assertEquals(0, working.get());
            AtomicInteger later = new AtomicInteger();
            shared.over(3, 1, (from, to) -> later.addAndGet(to - from));
            assertEquals(3, later.get());
          }
        });
  }

  @Test
  void anErrorReachesTheCaller() {
    withThreads(
        2,
        () -> {
          try (PictureThreads shared = new PictureThreads()) {
            OutOfMemoryError none = new OutOfMemoryError("as of a large batch");
            assertSame(
                none,
                assertThrows(
                    OutOfMemoryError.class,
                    () ->
                        shared.over(
                            2,
                            1,
                            (from, to) -> {
                              throw none;
                            })));
          }
        });
  }

  @Test
  void whoIsInterruptedWaitsForWhatHasBegunAndMayScoreAgain() {
    withThreads(
        2,
        () -> {
          try (PictureThreads shared = new PictureThreads()) {
            Thread.currentThread().interrupt();
            assertThrows(CancellationException.class, () -> shared.over(4, 1, (from, to) -> {}));
            assertTrue(Thread.interrupted());
            AtomicInteger parts = new AtomicInteger(4);
            shared.over(4, 1, (from, to) -> parts.addAndGet(from - to));
            assertEquals(0, parts.get());
          }
        });
    assertFalse(Thread.currentThread().isInterrupted());
  }
}
