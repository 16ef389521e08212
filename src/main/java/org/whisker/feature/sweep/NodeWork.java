package org.whisker.feature.sweep;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.whisker.feature.sweep.SweepEngine.WorkResult;
import org.whisker.feature.sweep.TaskRunners.TaskRunner;

/**
 * Does batches that an engine deals out, on several threads of one process. Each thread has runners
 * of its own while it works, and what they have open stays open for the next batch.
 */
public final class NodeWork implements AutoCloseable {
  private final ResultStore results;
  private final Presence presence;
  private final Supplier<Map<SweepTask.Kind, TaskRunner>> runners;
  private final Map<String, Deque<Map<SweepTask.Kind, TaskRunner>>> idle = new HashMap<>();
  private final AtomicLong batches = new AtomicLong();

  /**
   * Work of a node.
   *
   * @param presence says who works here, unlike every other node
   * @param runners makes them for a thread
   */
  public NodeWork(
      ResultStore results, Presence presence, Supplier<Map<SweepTask.Kind, TaskRunner>> runners) {
    this.results = results;
    this.presence = presence;
    this.runners = runners;
  }

  /**
   * Does what of a batch is not done.
   *
   * @param tasks are alike, and run on one device
   * @param device names it
   * @throws IOException when results can't be kept
   * @throws java.util.concurrent.CancellationException when stopped
   */
  public WorkResult run(List<SweepTask> tasks, String device, BooleanSupplier stopped)
      throws IOException {
    List<SweepTask> left = results.left(tasks);
    if (left.isEmpty()) {
      return WorkResult.none();
    }
    Map<SweepTask.Kind, TaskRunner> mine = borrow(device);
    try {
      // two attempts at one batch must not write to one temporary file
      String writer = presence.id() + "-" + batches.incrementAndGet();
      BatchWork work = new BatchWork(results, writer, mine, stopped);
      presence.during(left, () -> work.run(left));
      return work.result(0);
    } finally {
      giveBack(device, mine);
    }
  }

  private synchronized Map<SweepTask.Kind, TaskRunner> borrow(String device) {
    Map<SweepTask.Kind, TaskRunner> known =
        idle.computeIfAbsent(device, d -> new ArrayDeque<>()).pollFirst();
    return known != null ? known : runners.get();
  }

  /** The last one first: it is the likeliest to have open what the next batch needs. */
  private synchronized void giveBack(String device, Map<SweepTask.Kind, TaskRunner> mine) {
    idle.computeIfAbsent(device, d -> new ArrayDeque<>()).addFirst(mine);
  }

  @Override
  public synchronized void close() {
    idle.values().forEach(each -> each.forEach(m -> m.values().forEach(TaskRunner::close)));
    idle.clear();
    presence.close();
  }
}
