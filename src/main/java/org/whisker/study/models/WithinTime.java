package org.whisker.study.models;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Runs somebody else's code for a limited time. Native code can't be interrupted: what takes longer
 * goes on, on a thread that does not keep the process alive, and its result is lost.
 */
record WithinTime(Duration limit, String what) {
  /**
   * The result of the work.
   *
   * @throws IOException in one line when it takes longer; or what the work throws
   */
  <T> T call(Callable<T> work) throws IOException {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(task, "within-time");
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new IOException(
          "%s took longer than %s s and was given up; allow more with --timeout"
              .formatted(what, limit.toNanos() / 1e9),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(what + " was interrupted", e);
    } catch (ExecutionException e) {
      throw thrown(e.getCause());
    }
  }

  private static IOException thrown(@Nullable Throwable cause) {
    if (cause instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    return cause instanceof IOException io ? io : new IOException(cause);
  }
}
