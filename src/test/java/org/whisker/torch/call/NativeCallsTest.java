package org.whisker.torch.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class NativeCallsTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  @Test
  void theEndWaitsForTheCallThatIsRunning() throws InterruptedException {
    NativeCalls calls = new NativeCalls(LONG);
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch mayReturn = new CountDownLatch(1);
    CompletableFuture<Integer> call =
        CompletableFuture.supplyAsync(
            () ->
                calls.during(
                    () -> {
                      running.countDown();
                      join(mayReturn);
                      return 7;
                    }));
    running.await();
    assertFalse(calls.end(Duration.ZERO), "a call is running");
    mayReturn.countDown();
    assertTrue(calls.end(LONG));
    assertEquals(7, call.join());
  }

  @Test
  void afterTheEndNoCallBegins() throws InterruptedException {
    NativeCalls calls = new NativeCalls(LONG);
    assertEquals("made", calls.during(() -> "made"));
    assertTrue(calls.end(LONG));
    CountDownLatch begun = new CountDownLatch(1);
    Thread late =
        new Thread(
            () ->
                calls.during(
                    () -> {
                      begun.countDown();
                      return 1;
                    }));
    late.setDaemon(true);
    late.start();
    while (late.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    assertEquals(1, begun.getCount());
  }

  /** A shutdown hook that calls would keep the process for ever. */
  @Test
  void whoCallsAfterTheEndIsToldSo() {
    NativeCalls calls = new NativeCalls(Duration.ofMillis(20));
    assertTrue(calls.end(LONG));
    // the end was by another thread
    CompletionException told =
        assertThrows(
            CompletionException.class,
            () -> CompletableFuture.supplyAsync(() -> calls.during(() -> 1)).join());
    assertTrue(told.toString().contains("Java is ending"), told.toString());
  }

  @Test
  void anInterruptDoesNotGiveACallUp() {
    NativeCalls calls = new NativeCalls(LONG);
    Thread.currentThread().interrupt();
    assertEquals(1, calls.during(() -> 1));
    assertTrue(Thread.interrupted());
  }

  /** Ends while a call is running, without any handler of signals. */
  static final class Ending {
    private Ending() {}

    public static void main(String[] args) throws InterruptedException {
      CountDownLatch running = new CountDownLatch(1);
      Thread calling = new Thread(() -> NativeCalls.ofProcess().during(() -> returned(running)));
      calling.setDaemon(true);
      calling.start();
      running.await();
      System.exit(3);
    }

    private static int returned(CountDownLatch running) {
      running.countDown();
      try {
        while (true) {
          Thread.sleep(10);
          Runtime.getRuntime().removeShutdownHook(new Thread());
        }
      } catch (IllegalStateException e) { // it ends
        LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
        System.out.println("returned");
        return 1;
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void anyExitWaitsForTheCallThatIsRunning() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Ending.class.getName())
            .start();
    try (BufferedReader output = process.inputReader()) {
      assertEquals("returned", output.readLine());
      assertEquals(3, process.waitFor());
    } finally {
      process.destroyForcibly();
    }
  }

  private static void join(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
