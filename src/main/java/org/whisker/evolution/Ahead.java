package org.whisker.evolution;

import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Makes the next piece of work on another thread while the caller's does the present one. */
final class Ahead {
  private static final int IDLE_SECONDS = 10;

  /** Threads that end when idle; not the common pool, which begins one a task on two cores. */
  private static final Executor THREADS =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          task -> {
            Thread thread = new Thread(task, "whisker-ahead");
            thread.setDaemon(true);
            return thread;
          });

  private Ahead() {}

  /**
   * Hands each of {@code pieces} to {@code work}, in order. {@code work} runs on the calling thread
   * only, {@code pieces} on one thread at a time, each call seeing all that the last one did.
   * Neither is in use any more once this returns or throws.
   */
  static <T> void forEach(Iterator<T> pieces, Consumer<T> work) {
    if (!pieces.hasNext()) {
      return;
    }
    T present = pieces.next();
    while (pieces.hasNext()) {
      CompletableFuture<T> coming = CompletableFuture.supplyAsync(pieces::next, THREADS);
      try {
        work.accept(present);
      } catch (RuntimeException | Error e) {
        coming.handle((made, failed) -> true).join(); // it still uses what is the caller's
        throw e;
      }
      present = join(coming);
    }
    work.accept(present);
  }

  private static <T> T join(CompletableFuture<T> coming) {
    try {
      return coming.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw e;
    }
  }
}
