package org.whisker.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.whisker.feature.sweep.EngineJob;
import org.whisker.feature.sweep.ResultStore;
import org.whisker.feature.sweep.SweepEngine.EngineRequest;
import org.whisker.feature.sweep.SweepEngine.WorkResult;
import org.whisker.feature.sweep.SweepManifest;
import org.whisker.feature.sweep.SweepTask.TaskKey;
import org.whisker.job.JobContext;
import org.whisker.job.JobListener.Progress;

/** A sweep's tasks, done by Spark, from the driver. */
final class SparkSweep implements AutoCloseable {
  /** A job's batches at most, so that the driver never holds a sweep of a million tasks. */
  private static final int MOST_BATCHES = 1_000;

  private final JavaSparkContext spark;
  private final EngineRequest request;
  private final JobContext context;
  private final NodeSettings settings;
  private final SentModels models;
  private final BooleanSupplier stopped;

  SparkSweep(JavaSparkContext spark, EngineRequest request, Master master, JobContext context)
      throws IOException {
    this.spark = spark;
    this.request = request;
    this.context = context;
    boolean there = master.isLocal() || !request.send();
    this.settings =
        NodeSettings.of(
            request,
            there ? context.home().folder().toAbsolutePath() : Path.of(""),
            master.attempts(spark.getConf()),
            spark.sc().applicationId());
    this.models = new SentModels(spark, context.home());
    this.stopped = context.stop().listen();
    if (!master.isLocal()) {
      OwnJars.send(spark);
    }
  }

  /**
   * Does what is not done. Spark ends a whole job when one of its tasks was lost too often, such as
   * by executors that died; then what is left is tried again as long as that gets on.
   *
   * @throws IOException when it does not
   */
  WorkResult run() throws IOException {
    ResultStore results =
        request.results().isPresent()
            ? HadoopResults.of(request.results().get())
            : request.folder();
    WorkResult sum = WorkResult.none();
    Set<TaskKey> finished = results.finished();
    while (true) {
      JobQueue queue = queue();
      round(queue, finished);
      sum = sum.plus(queue.result());
      Optional<String> aborted = queue.aborted();
      if (aborted.isEmpty() || stopped.getAsBoolean()) {
        return sum;
      }
      int before = finished.size();
      finished = results.finished();
      if (finished.size() <= before) {
        throw new IOException(aborted.get());
      }
      context.warn(aborted.get() + "; what is left is tried again");
    }
  }

  private JobQueue queue() {
    return new JobQueue(spark, settings, spark.sc().longAccumulator("tasks done"), stopped);
  }

  private void round(JobQueue queue, Set<TaskKey> finished) throws IOException {
    long left = SweepManifest.open(request.folder().path()).tasks() - finished.size();
    try (Progress progress = context.progress("doing tasks", left)) {
      EngineJob.scan(
          request.folder().tasks(), finished, MOST_BATCHES, job -> submit(queue, job, progress));
      queue.settleAll(progress);
    }
  }

  private boolean submit(JobQueue queue, EngineJob job, Progress progress) throws IOException {
    if (settings.modelsAreSent()) {
      models.send(job.batches().get(0).get(0));
    }
    queue.submit(job, progress);
    return !stopped.getAsBoolean();
  }

  @Override
  public void close() {
    models.close();
  }
}
