package org.whisker.classifier;

import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Prepares the next piece of work on another thread while the caller's does the present one. */
public final class Prefetch {
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
            Thread thread = new Thread(task, "whisker-prefetch");
            thread.setDaemon(true);
            return thread;
          });

  private Prefetch() {}

  /** Does the work on every piece, while the next one is read. */
  public static <T> void forEach(Iterator<T> pieces, Consumer<T> work) {
    whileWanted(
        pieces,
        piece -> {
          work.accept(piece);
          return true;
        });
  }

  /**
   * Hands each of {@code pieces} to {@code work}, in order, until it returns false. {@code work}
   * runs on the calling thread only, {@code pieces} on one thread at a time, each call seeing all
   * that the last one did. Neither is in use any more once this returns or throws.
   *
   * @return whether the last piece was reached and {@code work} returned true for it, too
   */
  public static <T> boolean whileWanted(Iterator<T> pieces, Predicate<T> work) {
    if (!pieces.hasNext()) {
      return true;
    }
    T present = pieces.next();
    while (pieces.hasNext()) {
      CompletableFuture<T> coming = CompletableFuture.supplyAsync(pieces::next, THREADS);
      boolean wanted = false;
      try {
        wanted = work.test(present);
      } finally {
        if (!wanted) {
          coming.handle((made, failed) -> true).join(); // it still uses what is the caller's
        }
      }
      if (!wanted) {
        return false;
      }
      present = join(coming);
    }
    return work.test(present);
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
