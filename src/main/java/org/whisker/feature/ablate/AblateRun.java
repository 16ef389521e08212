package org.whisker.feature.ablate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.whisker.ablation.AblationResult;
import org.whisker.ablation.result.SkippedRow;
import org.whisker.ablation.result.SummaryRow;
import org.whisker.job.JobContext;
import org.whisker.job.JobManifest;
import org.whisker.job.Workers;

/** Does the experiments of a job in its folder, from wherever an earlier process left them. */
record AblateRun(JobContext context, AblateJob job, JobManifest manifest) {
  /**
   * What came of it.
   *
   * @param results of all experiments; empty when it was stopped
   */
  public record Outcome(boolean stopped, List<AblationResult> results) {
    public Outcome {
      results = List.copyOf(results);
    }
  }

  /** Does what is left to do. */
  public Outcome run() throws IOException {
    String status = "failed";
    Path folder = manifest.folder();
    manifest.write("running");
    try {
      SkippedRow.TABLE.write(folder.resolve(SkippedRow.FILE), job.skipped());
      List<AblationResult> results = results(folder);
      SummaryRow.TABLE.write(folder.resolve(SummaryRow.FILE), SummaryRow.of(results));
      context.listener().tablesWritten(folder);
      status = "done";
      return new Outcome(false, results);
    } catch (CancellationException e) {
      status = "stopped";
      return new Outcome(true, List.of());
    } finally {
      manifest.write(status);
    }
  }

  private List<AblationResult> results(Path folder) throws IOException {
    ArmRunFiles store = new ArmRunFiles(folder.resolve("runs"));
    Workers workers =
        StoredAblatedModel.workers(job.tasks().stream().map(AblateJob.Task::model).toList());
    manifest.put("operator_threads", workers.operatorThreads());
    return new ExperimentRuns(context, folder, job, store, folder, workers)
        .run(context.stop().listen());
  }
}
