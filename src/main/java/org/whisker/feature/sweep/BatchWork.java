package org.whisker.feature.sweep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.whisker.feature.sweep.SweepEngine.WorkResult;
import org.whisker.feature.sweep.SweepTask.TaskKey;
import org.whisker.feature.sweep.SweepTask.TaskResult;
import org.whisker.feature.sweep.TaskRunners.TaskRunner;
import org.whisker.job.FailureMessage;
import org.whisker.torch.TorchDevice.DeviceMemoryException;
import org.whisker.value.Text;

/**
 * Does batches and keeps what comes of them. A task that fails is tried once more: if it fails in
 * the same words, it would each time, and that is kept.
 */
final class BatchWork {
  /** Number of batches in a row that could not be done, from which on it is no accident. */
  private static final int MOST_IN_VAIN = 3;

  private final ResultStore results;
  private final String worker;
  private final Map<SweepTask.Kind, TaskRunner> runners;
  private final BooleanSupplier stopped;
  private final Map<TaskKey, String> left = new LinkedHashMap<>();
  private final List<TaskKey> conflicts = new ArrayList<>();
  private int done;
  private int failed;
  private int inVain;

  BatchWork(
      ResultStore results,
      String worker,
      Map<SweepTask.Kind, TaskRunner> runners,
      BooleanSupplier stopped) {
    this.results = results;
    this.worker = worker;
    this.runners = runners;
    this.stopped = stopped;
  }

  /**
   * Does tasks that are alike.
   *
   * @throws IOException when results can't be kept, or nothing can be done any more
   */
  void run(List<SweepTask> tasks) throws IOException {
    Map<TaskKey, String> failures = new HashMap<>();
    tries(tasks, result -> firstTry(result, failures));
    for (SweepTask task : tasks) {
      String before = failures.get(task.key());
      if (before != null) {
        tries(List.of(task), result -> secondTry(result, before));
      }
    }
  }

  private void tries(List<SweepTask> tasks, TaskRunner.Sink sink) throws IOException {
    Set<TaskKey> ended = new HashSet<>();
    TaskRunner.Sink noting =
        result -> {
          ended.add(result.key());
          sink.accept(result);
        };
    try {
      runner(tasks.get(0)).run(tasks, stopped, noting);
      inVain = 0;
    } catch (NotKept | CancellationException e) {
      throw e;
    } catch (IOException | UncheckedIOException | DeviceMemoryException e) {
      leave(tasks, ended, e);
    } catch (RuntimeException e) {
      for (SweepTask task : tasks) {
        if (!ended.contains(task.key())) {
          String why = FailureMessage.oneLine(FailureMessage.describe(e));
          sink.accept(TaskResult.failed(task.key(), why));
        }
      }
    }
  }

  private void leave(List<SweepTask> tasks, Set<TaskKey> ended, Exception e) throws IOException {
    String why = FailureMessage.oneLine(FailureMessage.message(e));
    tasks.stream()
        .filter(task -> !ended.contains(task.key()))
        .forEach(task -> left.put(task.key(), why));
    if (++inVain >= MOST_IN_VAIN) {
      throw new IOException(Text.of("%d batches in a row could not be done: %s", inVain, why), e);
    }
  }

  private TaskRunner runner(SweepTask task) {
    TaskRunner runner = runners.get(task.kind());
    if (runner == null) {
      throw new IllegalStateException("nobody runs tasks of kind " + task.kind());
    }
    return runner;
  }

  private void firstTry(TaskResult result, Map<TaskKey, String> failures) throws IOException {
    if (result.isFailed()) {
      failures.put(result.key(), result.failure().orElse(""));
    } else {
      keep(result);
    }
  }

  private void secondTry(TaskResult result, String before) throws IOException {
    String now = result.failure().orElse(before);
    if (now.equals(before)) {
      keep(result);
    } else {
      left.put(result.key(), "failed in two ways: %s; %s".formatted(before, now));
    }
  }

  private void keep(TaskResult result) throws IOException {
    try {
      if (results.keep(result, worker) == ResultStore.Kept.OTHER) {
        conflicts.add(result.key());
      }
    } catch (IOException e) {
      throw new NotKept(e);
    }
    left.remove(result.key());
    if (result.isFailed()) {
      failed++;
    } else {
      done++;
    }
  }

  WorkResult result(int elsewhere) {
    return new WorkResult(done, failed, left, conflicts, elsewhere, stopped.getAsBoolean());
  }

  int ended() {
    return done + failed;
  }

  /** A result could not be kept, which is no fault of a task. */
  private static final class NotKept extends IOException {
    private static final long serialVersionUID = 1;

    NotKept(IOException cause) {
      super(FailureMessage.of(cause), cause);
    }
  }
}
