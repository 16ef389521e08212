package org.whisker.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.whisker.ablation.AblationResult;
import org.whisker.ablation.AblationRunner;
import org.whisker.ablation.AblationRunner.PendingRun;
import org.whisker.ablation.RunStore;
import org.whisker.random.SplitMix64;
import org.whisker.report.AblationFiles;

/** Does a job's experiments, and writes the files of each as soon as it is done. */
record ExperimentRuns(
    Environment environment, CommonOptions common, Path folder, AblateJob job, RunStore store) {
  /**
   * Does what is not kept yet.
   *
   * @param pending what that is, for the progress
   * @throws CancellationException when stopped; finished runs are kept
   */
  List<AblationResult> run(List<PendingRun> pending, BooleanSupplier stopped) throws IOException {
    List<AblationResult> results = new ArrayList<>();
    try (AblateProgress progress = progress(pending)) {
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

  private AblateProgress progress(List<PendingRun> pending) {
    long budget = job.tasks().get(0).setting().base().stop().evaluations().orElseThrow();
    return new AblateProgress(environment, common, pending, budget, System::nanoTime);
  }

  /** The runs that are to be done, each once. */
  List<PendingRun> pending() {
    return job.tasks().stream().flatMap(t -> job.pending(t, store).stream()).distinct().toList();
  }
}
