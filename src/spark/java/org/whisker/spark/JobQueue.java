package org.whisker.spark;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.LongAccumulator;
import org.whisker.feature.sweep.EngineJob;
import org.whisker.feature.sweep.SweepEngine.WorkResult;
import org.whisker.feature.sweep.SweepTask;
import org.whisker.job.FailureMessage;
import org.whisker.job.JobListener.Progress;

/**
 * Jobs that Spark has, and what became of them. It has several at a time, so that the end of one
 * leaves no executor idle; its scheduler takes them in their order.
 */
final class JobQueue {
  /** Batches that Spark has at once, for each that it does at once. */
  private static final int AHEAD = 8;

  private static final int LEAST_AHEAD = 2_000;
  private static final long POLL_MILLIS = 200;

  private final JavaSparkContext spark;
  private final NodeSettings settings;
  private final LongAccumulator done;
  private final BooleanSupplier stopped;
  private final Deque<Running> running = new ArrayDeque<>();
  private final int most;
  private int pending;
  private int submitted;
  private WorkResult result = WorkResult.none();
  private Optional<String> aborted = Optional.empty();

  private record Running(JavaFutureAction<List<String>> action, int batches) {}

  /**
   * A queue.
   *
   * @param done counts the tasks that have ended
   */
  JobQueue(
      JavaSparkContext spark,
      NodeSettings settings,
      LongAccumulator done,
      BooleanSupplier stopped) {
    this.spark = spark;
    this.settings = settings;
    this.done = done;
    this.stopped = stopped;
    this.most = Math.max(LEAST_AHEAD, AHEAD * spark.defaultParallelism());
  }

  /** Hands a job on, once Spark has room for it. */
  void submit(EngineJob job, Progress progress) throws IOException {
    while (!running.isEmpty() && pending + job.batches().size() > most) {
      settleFirst(progress);
    }
    if (stopped.getAsBoolean()) {
      return;
    }
    List<String> lines = new ArrayList<>();
    for (List<SweepTask> batch : job.batches()) {
      lines.add(BatchText.of(batch));
    }
    // what the web page shows of a job, and of its stage
    spark.setJobGroup(settings.application() + "-" + submitted++, job.title(), false);
    spark.setCallSite(job.title());
    JavaFutureAction<List<String>> action =
        spark
            .parallelize(lines, lines.size())
            .mapPartitions(new BatchFunction(settings, done))
            .collectAsync();
    running.add(new Running(action, lines.size()));
    pending += lines.size();
  }

  /** Waits for all jobs. */
  void settleAll(Progress progress) throws IOException {
    while (!running.isEmpty()) {
      settleFirst(progress);
    }
  }

  private void settleFirst(Progress progress) throws IOException {
    Running first = running.removeFirst();
    pending -= first.batches();
    try {
      for (String line : ended(first.action(), progress)) {
        result = result.plus(BatchText.result(line));
      }
    } catch (ExecutionException e) {
      aborted = Optional.of(firstLine(e));
    } catch (CancellationException e) {
      result = result.plus(WorkResult.cut());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
    progress.stepTo(done.value());
  }

  private List<String> ended(JavaFutureAction<List<String>> action, Progress progress)
      throws ExecutionException, InterruptedException {
    while (true) {
      try {
        return action.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        progress.stepTo(done.value());
      }
      if (stopped.getAsBoolean()) {
        spark.cancelAllJobs();
        throw new CancellationException("stopped");
      }
    }
  }

  private static String firstLine(ExecutionException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return FailureMessage.message(cause).lines().findFirst().orElse("Spark ended a job");
  }

  /** What was done. */
  WorkResult result() {
    return result;
  }

  /** Why Spark ended a job, the last one that it ended; empty where it ended none. */
  Optional<String> aborted() {
    return aborted;
  }
}
