package org.whisker.hub;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Closes a stream that has stalled, so that its reader fails. */
final class Watchdog implements AutoCloseable {
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          runnable -> {
            Thread thread = new Thread(runnable, "download watchdog");
            thread.setDaemon(true);
            return thread;
          });

  private volatile boolean moved = true;

  Watchdog(InputStream stream, Duration patience) {
    var unused =
        timer.scheduleAtFixedRate(
            () -> look(stream), patience.toMillis(), patience.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Records that data arrived. */
  void moved() {
    moved = true;
  }

  private void look(InputStream stream) {
    if (moved) {
      moved = false;
      return;
    }
    try {
      stream.close();
    } catch (IOException e) {
      // the reader fails in either case
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
