package org.whisker.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.whisker.ablation.AblationResult;
import org.whisker.report.AblationSummaryFiles;
import org.whisker.report.ArmRunFiles;

/** Does the experiments of a job in its folder, from wherever an earlier process left them. */
record AblateRun(
    Environment environment,
    CommonOptions common,
    Path folder,
    AblateJob job,
    Map<String, Object> manifest) {
  int run() throws IOException {
    String status = "failed";
    write("running");
    try {
      AblationSummaryFiles.skipped(folder, job.skipped());
      List<AblationResult> results = results();
      AblationSummaryFiles.write(folder, results);
      environment.out().print(AblateText.summary(results, job.skipped()));
      environment.out().println("written to " + folder);
      status = "done";
    } catch (CancellationException e) {
      status = "stopped";
      environment.err().println("whisker: stopped; go on with: whisker ablate --resume " + folder);
    } finally {
      write(status);
    }
    return ExitCode.OK;
  }

  /** Those first that need no training: it may take hours. Then one after the other. */
  private List<AblationResult> results() throws IOException {
    BooleanSupplier stopped = environment.interrupts().listen();
    List<AblationResult> results = new ArrayList<>(results(job.in(folder, false), stopped));
    NetworkTraining training = new NetworkTraining(environment, common, folder);
    for (AblateJob each : job.in(folder, true).single()) {
      training.train(each.tasks().get(0), job.plan().networks(), stopped);
      results.addAll(results(each, stopped));
    }
    return results;
  }

  private List<AblationResult> results(AblateJob some, BooleanSupplier stopped) throws IOException {
    if (some.tasks().isEmpty()) {
      return List.of();
    }
    ArmRunFiles store = new ArmRunFiles(folder.resolve("runs"));
    ExperimentRuns runs = new ExperimentRuns(environment, common, folder, some, store);
    return runs.run(runs.pending(), stopped);
  }

  private void write(String status) throws IOException {
    manifest.put("status", status);
    JsonFile.write(folder.resolve(ExperimentManifest.NAME), manifest);
  }
}
