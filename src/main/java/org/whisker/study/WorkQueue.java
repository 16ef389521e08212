package org.whisker.study;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Deals numbered work out over workers, each in a thread of its own: whoever is free takes the next
 * number. So which worker does what depends on their speed, and what is done must not depend on the
 * worker.
 */
public final class WorkQueue {
  private WorkQueue() {}

  /** Does one piece of work. */
  public interface Step<W> {
    void take(W worker, int number) throws IOException;
  }

  /**
   * Works until nothing is left, or {@code stopped}. One worker works on the caller's thread,
   * several each on a thread of its own. After a failure the others end what they have begun.
   *
   * @throws IOException of the first worker, in their order, that failed
   */
  public static <W> void deal(
      List<Integer> numbers, List<W> workers, BooleanSupplier stopped, Step<W> step)
      throws IOException {
    Queue<Integer> left = new ConcurrentLinkedQueue<>(numbers);
    if (workers.size() == 1) {
      drain(left, workers.get(0), stopped, step);
      return;
    }
    AtomicBoolean failed = new AtomicBoolean();
    BooleanSupplier ended = () -> failed.get() || stopped.getAsBoolean();
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (W worker : workers) {
      tasks.add(
          () -> {
            boolean whole = false;
            try {
              drain(left, worker, ended, step);
              whole = true;
            } finally {
              failed.compareAndSet(false, !whole);
            }
            return whole;
          });
    }
    await(tasks);
  }

  private static <W> void drain(
      Queue<Integer> left, W worker, BooleanSupplier stopped, Step<W> step) throws IOException {
    while (!stopped.getAsBoolean()) {
      Integer next = left.poll();
      if (next == null) {
        return;
      }
      step.take(worker, next);
    }
  }

  private static void await(List<Callable<Boolean>> tasks) throws IOException {
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    try {
      for (Future<Boolean> each : threads.invokeAll(tasks)) {
        each.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while others worked", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException("a worker failed: " + e.getCause(), e);
    } finally {
      threads.shutdownNow();
    }
  }
}
