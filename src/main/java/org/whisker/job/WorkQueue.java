package org.whisker.job;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.whisker.parallel.Crew;

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
    List<Crew.Task<Boolean>> tasks = new ArrayList<>();
    for (W worker : workers) {
      tasks.add(
          ended -> {
            drain(left, worker, () -> ended.getAsBoolean() || stopped.getAsBoolean(), step);
            return true;
          });
    }
    Crew.runAll(tasks.size(), tasks, IOException.class);
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
}
