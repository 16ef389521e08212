package org.whisker.feature.play;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.whisker.feature.play.PlayModels.ModelChoice;
import org.whisker.feature.play.PlayModels.OpenClassifiers;

@Timeout(300)
class LatestOnlyTest {
  @Test
  void anErrorReachesWhoeverAskedAndEndsNothing() throws Exception {
    OutOfMemoryError none = new OutOfMemoryError("of a large picture");
    CountDownLatch idle = new CountDownLatch(1);
    Runnable failing =
        () -> {
          idle.countDown();
          throw new OutOfMemoryError("of what is kept");
        };
    try (LatestOnly thread = new LatestOnly("test", failing)) {
      CompletableFuture<Integer> failed =
          thread.submit(
              () -> {
                throw none;
              });
      assertSame(none, assertThrows(ExecutionException.class, failed::get).getCause());
      idle.await();
      for (int i = 0; i < 3; i++) {
        int number = i;
        assertEquals(i, thread.submit(() -> number).get(5, TimeUnit.MINUTES));
      }
    }
  }

  @Test
  void whoeverClosesItWhileInterruptedWaitsForWhatIsDone() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    LatestOnly thread = new LatestOnly("test", () -> {});
    CompletableFuture<Integer> done =
        thread.submit(
            () -> {
              begun.countDown();
              Thread.sleep(200);
              return 7;
            });
    begun.await();
    Thread.currentThread().interrupt();
    thread.close();
    assertTrue(Thread.interrupted());
    assertEquals(7, done.getNow(0), "it was still being done");
  }

  @Test
  void allModelsAreClosedAlsoWhenOneFails() throws Exception {
    AtomicBoolean closed = new AtomicBoolean();
    AutoCloseable good = () -> closed.set(true);
    AutoCloseable bad =
        () -> {
          throw new IllegalStateException("can't be closed");
        };
    OpenClassifiers<AutoCloseable> models =
        new OpenClassifiers<>(2, choice -> choice.model().equals("bad") ? bad : good);
    for (String each : List.of("bad", "good")) {
      models.get(ModelChoice.of(each));
    }
    assertThrows(IllegalStateException.class, models::close);
    assertTrue(closed.get());
    assertEquals(List.of(), models.all());
  }
}
