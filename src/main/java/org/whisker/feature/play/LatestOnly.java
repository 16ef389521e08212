package org.whisker.feature.play;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A thread that does one thing at a time and has room for one more. What is asked for while that
 * room is taken takes its place: the older is never done, and whoever asked for it is told so. So
 * nothing can queue up, however fast requests come.
 */
final class LatestOnly implements AutoCloseable {
  private record Task(Runnable work, Runnable dropped) {}

  private final Thread thread;
  private final Runnable idle;
  private @Nullable Task waiting;
  private boolean closed;

  /**
   * Starts the thread.
   *
   * @param idle done on it when something was done and nothing waits; that it fails has no effect
   */
  LatestOnly(String name, Runnable idle) {
    this.idle = idle;
    thread = new Thread(this::work, name);
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Asks for something.
   *
   * @return fails with an {@code OutdatedException} when something newer took its place, and with a
   *     {@link CancellationException} when this was closed
   */
  <T> CompletableFuture<T> submit(Callable<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Task task =
        new Task(
            () -> complete(result, work),
            () -> result.completeExceptionally(new OutdatedException()));
    @Nullable Task dropped;
    synchronized (this) {
      if (closed) {
        result.cancel(false);
        return result;
      }
      dropped = waiting;
      waiting = task;
      notifyAll();
    }
    if (dropped != null) {
      dropped.dropped.run();
    }
    return result;
  }

  private static <T> void complete(CompletableFuture<T> result, Callable<T> work) {
    try {
      result.complete(work.call());
    } catch (Exception | Error e) {
      result.completeExceptionally(e);
    }
  }

  private synchronized boolean waits() {
    return waiting != null || closed;
  }

  private void work() {
    for (Task task = next(); task != null; task = next()) {
      task.work.run();
      if (!waits()) {
        idle();
      }
    }
  }

  private void idle() {
    try {
      idle.run();
    } catch (RuntimeException | Error e) {
      // it would end the thread, and whoever asks next would wait for ever
    }
  }

  private synchronized @Nullable Task next() {
    while (waiting == null && !closed) {
      try {
        wait();
      } catch (InterruptedException e) {
        closed = true;
      }
    }
    Task task = closed ? null : waiting;
    if (task != null) {
      waiting = null;
    }
    return task;
  }

  /** Ends it: what is being done is finished first, what waits is dropped. */
  @Override
  public void close() {
    @Nullable Task dropped;
    synchronized (this) {
      closed = true;
      dropped = waiting;
      waiting = null;
      notifyAll();
    }
    if (dropped != null) {
      dropped.dropped.run();
    }
    join();
  }

  /** However often this is interrupted: what is being done uses what the caller closes next. */
  private void join() {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Thrown when something newer was asked for before this was begun. */
  static final class OutdatedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    OutdatedException() {
      super("a newer request took its place");
    }
  }
}
