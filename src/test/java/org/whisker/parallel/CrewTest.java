package org.whisker.parallel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class CrewTest {
  private final OutOfMemoryError none = new OutOfMemoryError("as of a large batch");

  private static void until(BooleanSupplier ended) {
    while (!ended.getAsBoolean()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void resultsAreInTheOrderOfTheTasks() throws IOException {
    List<Crew.Task<Integer>> tasks = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      int number = i;
      tasks.add(ended -> number * number);
    }
    List<Integer> results = Crew.runAll(3, tasks, IOException.class);
    for (int i = 0; i < 50; i++) {
      assertEquals(i * i, results.get(i));
    }
    assertEquals(List.of(), Crew.runAll(2, List.<Crew.Task<String>>of(), IOException.class));
  }

  @Test
  void aSingleTaskRunsOnTheCallersThread() {
    Crew.Task<Thread> task = ended -> Thread.currentThread();
    assertEquals(
        List.of(Thread.currentThread()), Crew.runAll(2, List.of(task), RuntimeException.class));
    try (Crew crew = new Crew(1)) {
      assertTrue(!crew.run(List.of(task), RuntimeException.class).contains(Thread.currentThread()));
    }
  }

  @Test
  void whoForgetsToCloseItKeepsNoProcessAlive() {
    Crew.Task<Boolean> task = ended -> Thread.currentThread().isDaemon();
    try (Crew crew = new Crew(1)) {
      assertEquals(List.of(true), crew.run(List.of(task), RuntimeException.class));
    }
  }

  @Test
  void aFailureIsThrownOnceAllHaveEndedAndNoOtherBegins() {
    AtomicInteger working = new AtomicInteger();
    AtomicInteger begun = new AtomicInteger();
    CountDownLatch together = new CountDownLatch(2);
    Crew.Task<Integer> patient =
        ended -> {
          working.incrementAndGet();
          together.countDown();
          until(ended);
          return working.decrementAndGet();
        };
    Crew.Task<Integer> failing =
        ended -> {
          together.countDown();
          together.await();
          throw new IOException("disk full");
        };
    Crew.Task<Integer> later = ended -> begun.incrementAndGet();
    IOException e =
        assertThrows(
            IOException.class,
            () -> Crew.runAll(2, List.of(patient, failing, later), IOException.class));
    assertEquals("disk full", e.getMessage());
    assertEquals(0, working.get());
    assertEquals(0, begun.get());
  }

  @Test
  void anErrorIsThrownAsItIs() {
    Crew.Task<Integer> cancelled =
        ended -> {
          until(ended);
          throw new CancellationException("since another failed");
        };
    Crew.Task<Integer> failing =
        ended -> {
          throw none;
        };
    assertSame(
        none,
        assertThrows(
            Error.class,
            () -> Crew.runAll(2, List.of(cancelled, failing), RuntimeException.class)));
    assertSame(
        none,
        assertThrows(Error.class, () -> Crew.runAll(1, List.of(failing), RuntimeException.class)));
  }

  @Test
  void anUndeclaredExceptionIsWrapped() {
    Crew.Task<Integer> failing =
        ended -> {
          throw new IOException("undeclared");
        };
    IllegalStateException e =
        assertThrows(
            IllegalStateException.class,
            () -> Crew.runAll(2, List.of(failing, failing), RuntimeException.class));
    assertEquals("undeclared", String.valueOf(e.getCause()).replaceAll(".*: ", ""));
  }

  @Test
  void anInterruptedCallerReturnsOnceAllHaveEnded() {
    AtomicInteger working = new AtomicInteger();
    AtomicInteger interrupted = new AtomicInteger();
    AtomicBoolean isWaiting = new AtomicBoolean();
    Thread caller = Thread.currentThread();
    Crew.Task<Integer> asking =
        ended -> {
          working.incrementAndGet();
          until(isWaiting::get);
          caller.interrupt();
          until(ended);
          return working.decrementAndGet();
        };
    Crew.Task<Integer> waiting =
        ended -> {
          isWaiting.set(true);
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            interrupted.incrementAndGet();
          }
          return 0;
        };
    Crew.Task<Integer> later = ended -> working.incrementAndGet();
    try (Crew crew = new Crew(2)) {
      assertThrows(
          CancellationException.class,
          () -> crew.run(List.of(asking, waiting, later), RuntimeException.class));
      assertTrue(Thread.interrupted());
      assertEquals(0, working.get());
      assertEquals(1, interrupted.get());
      assertThrows(
          CancellationException.class, () -> crew.run(List.of(later), RuntimeException.class));
    }
  }
}
