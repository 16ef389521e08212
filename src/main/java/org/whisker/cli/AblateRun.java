package org.whisker.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
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

  private List<AblationResult> results() throws IOException {
    ArmRunFiles store = new ArmRunFiles(folder.resolve("runs"));
    return new ExperimentRuns(environment, common, folder, job, store, folder)
        .run(environment.interrupts().listen());
  }

  private void write(String status) throws IOException {
    manifest.put("status", status);
    JsonFile.write(folder.resolve(ExperimentManifest.NAME), manifest);
  }
}
