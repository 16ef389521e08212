package org.whisker.feature.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.whisker.feature.sweep.Presence.WorkerState;
import org.whisker.io.JsonFile;

/**
 * A file that changes as long as a worker lives. Others look whether it changes, and never at a
 * time in it: clocks of machines differ.
 */
final class Heartbeat implements AutoCloseable {
  private static final int BEATS_A_PATIENCE = 6;

  private final Path file;
  private final WorkerState state;
  private final ScheduledExecutorService timer;

  private Heartbeat(Path file, WorkerState state) {
    this.file = file;
    this.state = state;
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "heartbeat");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Begins.
   *
   * @param patience after which a worker whose file did not change counts as dead
   */
  static Heartbeat begin(Path folder, WorkerState state, Duration patience) throws IOException {
    Heartbeat beat = new Heartbeat(folder.resolve(state.id() + WorkerState.SUFFIX), state);
    beat.write();
    long every = Math.max(1, patience.toMillis() / BEATS_A_PATIENCE);
    // beat() throws nothing that this would tell
    ScheduledFuture<?> unused =
        beat.timer.scheduleWithFixedDelay(beat::beat, every, every, TimeUnit.MILLISECONDS);
    return beat;
  }

  private void beat() {
    try {
      write();
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      // the disk is full or away for a moment: the next beat tries again, which it would not if
      // the timer saw this
    }
  }

  private void write() throws IOException {
    JsonFile.write(file, state.next());
  }

  /** Ends it; the file stays, with what was done, unless that is nothing. */
  @Override
  public void close() {
    timer.shutdown();
    try {
      timer.awaitTermination(1, TimeUnit.MINUTES);
      if (state.done() == 0) {
        Files.deleteIfExists(file);
      } else {
        JsonFile.write(file, state.ended());
      }
    } catch (IOException e) {
      // for the status alone
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
