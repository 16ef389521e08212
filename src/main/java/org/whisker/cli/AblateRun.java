package org.whisker.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.whisker.ablation.AblationResult;
import org.whisker.ablation.AblationRunner;
import org.whisker.ablation.AblationRunner.PendingRun;
import org.whisker.random.SplitMix64;
import org.whisker.report.AblationFiles;
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
    BooleanSupplier stopped = environment.interrupts().listen();
    ArmRunFiles store = new ArmRunFiles(folder.resolve("runs"));
    List<AblationResult> results = new ArrayList<>();
    try (AblateProgress progress = progress(store, stopped)) {
      AblationRunner runner = new AblationRunner(job.plan(), store, progress, stopped);
      for (AblateJob.Task task : job.tasks()) {
        AblationResult result = runner.run(task.ablation(), task.model(), task.setting());
        String stream = "ablate chart " + task.model().name() + " " + task.ablation().id();
        AblationFiles.write(
            folder.resolve(task.model().name()).resolve(task.ablation().id()),
            result,
            what -> SplitMix64.stream(job.plan().seed(), stream + " " + what, 0));
        results.add(result);
      }
    }
    return results;
  }

  private AblateProgress progress(ArmRunFiles store, BooleanSupplier stopped) {
    List<PendingRun> pending = new ArrayList<>();
    // only asked what is left: it tells nobody of anything
    AblationRunner asking =
        new AblationRunner(job.plan(), store, new AblationRunner.Listener() {}, stopped);
    job.tasks().forEach(t -> pending.addAll(asking.pending(t.ablation(), t.model(), t.setting())));
    long budget = job.tasks().get(0).setting().base().stop().evaluations().orElseThrow();
    return new AblateProgress(environment, common, pending, budget, System::nanoTime);
  }

  private void write(String status) throws IOException {
    manifest.put("status", status);
    JsonFile.write(folder.resolve(ExperimentManifest.NAME), manifest);
  }
}
