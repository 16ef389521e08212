package org.whisker.feature.explain;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.whisker.ablation.AblationResult;
import org.whisker.ablation.RunStore;
import org.whisker.ablation.result.SkippedRow;
import org.whisker.ablation.result.SummaryRow;
import org.whisker.feature.ablate.ExperimentRuns;
import org.whisker.feature.ablate.StoredAblatedModel;
import org.whisker.job.JobContext;
import org.whisker.job.JobManifest;
import org.whisker.job.Workers;

/**
 * Does what a report needs in its folder, from wherever an earlier process left it.
 *
 * @param trained where networks are trained and found again
 */
record ExplainRun(
    JobContext context, ExplainJob job, JobManifest manifest, RunStore store, Path trained) {
  /**
   * Does what is left to do.
   *
   * @return how long it took; empty when it was stopped
   */
  public Optional<Duration> run() throws IOException {
    String status = "failed";
    Path folder = manifest.folder();
    long begun = context.clock().millis();
    manifest.write("running");
    Workers workers = StoredAblatedModel.workers(job.models());
    try {
      BooleanSupplier stopped = context.stop().listen();
      manifest.put("operator_threads", workers.operatorThreads());
      SkippedRow.TABLE.write(folder.resolve(SkippedRow.FILE), job.experiments().skipped());
      ExperimentRuns experiments =
          new ExperimentRuns(context, folder, job.experiments(), store, trained, workers);
      // others were found: the seconds below are of these
      manifest.put("runs_done_here", experiments.pending().size());
      List<AblationResult> results = experiments.run(stopped);
      SummaryRow.TABLE.write(folder.resolve(SummaryRow.FILE), SummaryRow.of(results));
      context.listener().tablesWritten(folder);
      new ModelParts(context, folder, job, workers).write(results, stopped);
      job.verdicts().write(results, job.names(), folder);
      Duration took = Duration.ofMillis(context.clock().millis() - begun);
      manifest.put("seconds", took.toSeconds());
      status = "done";
      manifest.write(status);
      return Optional.of(took);
    } catch (CancellationException e) {
      status = "stopped";
      return Optional.empty();
    } finally {
      manifest.write(status);
    }
  }
}
