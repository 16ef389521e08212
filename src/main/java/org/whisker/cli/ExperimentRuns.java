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
   * @throws CancellationException when stopped; finished runs are kept
   */
  List<AblationResult> run(BooleanSupplier stopped) throws IOException {
    List<AblationResult> results = new ArrayList<>();
    try (AblateProgress progress = progress(stopped)) {
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

  private AblateProgress progress(BooleanSupplier stopped) {
    long budget = job.tasks().get(0).setting().base().stop().evaluations().orElseThrow();
    return new AblateProgress(environment, common, pending(stopped), budget, System::nanoTime);
  }

  /** The runs that are to be done; the same may occur several times. */
  List<PendingRun> pending(BooleanSupplier stopped) {
    List<PendingRun> pending = new ArrayList<>();
    // only asked what is left: it tells nobody of anything
    AblationRunner asking =
        new AblationRunner(job.plan(), store, new AblationRunner.Listener() {}, stopped);
    job.tasks().forEach(t -> pending.addAll(asking.pending(t.ablation(), t.model(), t.setting())));
    return pending;
  }
}
