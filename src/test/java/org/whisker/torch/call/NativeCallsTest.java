package org.whisker.torch.call;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class NativeCallsTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  @Test
  void theEndWaitsForTheCallThatIsRunning() throws InterruptedException {
    NativeCalls calls = new NativeCalls();
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
    NativeCalls calls = new NativeCalls();
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
    while (late.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertEquals(1, begun.getCount());
  }

  private static void join(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
