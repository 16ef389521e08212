package org.whisker.feature.ablate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.whisker.ablation.AblationResult;
import org.whisker.ablation.AblationRunner;
import org.whisker.ablation.AblationRunner.PendingRun;
import org.whisker.ablation.MissingRuns;
import org.whisker.ablation.RunStore;
import org.whisker.ablation.Withheld;
import org.whisker.ablation.result.ManipulationRow;
import org.whisker.io.FolderLock;
import org.whisker.job.JobContext;
import org.whisker.job.Workers;

/**
 * Does a job's experiments, and writes the files of each as soon as it is done.
 *
 * @param folder of these files
 * @param trained where networks are trained and found again: {@code folder}, or one that others
 *     share
 * @param workers that evolve arms, and measure, side by side
 */
public record ExperimentRuns(
    JobContext context, Path folder, AblateJob job, RunStore store, Path trained, Workers workers) {
  /**
   * Does what is not kept yet: first what needs no training, which may take hours, then experiment
   * by experiment what does.
   *
   * @throws CancellationException when stopped; finished runs, and epochs of training, are kept
   */
  public List<AblationResult> run(BooleanSupplier stopped) throws IOException {
    List<AblationResult> results = new ArrayList<>(run(job.in(trained, false), stopped));
    NetworkTraining training = new NetworkTraining(context, folder);
    for (AblateJob each : job.in(trained, true).single()) {
      train(training, each, stopped);
      results.addAll(run(each, stopped));
    }
    return results;
  }

  /** Holds a folder that others share; its own it has already. */
  private void train(NetworkTraining training, AblateJob single, BooleanSupplier stopped)
      throws IOException {
    AblateJob.Task task = single.tasks().get(0);
    if (trained.equals(folder)) {
      training.train(task, job.plan().networks(), stopped);
      return;
    }
    Files.createDirectories(trained);
    FolderLock.run(trained, () -> training.train(task, job.plan().networks(), stopped));
  }

  private List<AblationResult> run(AblateJob some, BooleanSupplier stopped) throws IOException {
    List<AblateJob.Task> tasks = some.tasks();
    if (tasks.isEmpty()) {
      return List.of();
    }
    try (AblationProgress progress = progress(pending(some))) {
      AblationRunner runner = new AblationRunner(job.plan(), store, progress, stopped);
      evolve(runner, some, stopped);
      return workers.results(tasks.size(), stopped, number -> result(runner, tasks.get(number)));
    }
  }

  private AblationResult result(AblationRunner runner, AblateJob.Task task) throws IOException {
    Path own = folder.resolve(task.model().name()).resolve(task.ablation().id());
    AblationResult result =
        runner
            .run(task.ablation(), task.model(), task.setting())
            .withholding(failedManipulations(own));
    new ExperimentTables(own, result).write(job.plan().seed());
    context.listener().tablesWritten(own);
    return result;
  }

  /** Evolves arms side by side, whose runs the experiments then find stored. */
  private void evolve(AblationRunner runner, AblateJob some, BooleanSupplier stopped)
      throws IOException {
    if (workers.count() == 1) {
      return;
    }
    Map<String, MissingRuns> arms = new LinkedHashMap<>();
    for (AblateJob.Task task : some.tasks()) {
      runner
          .missing(task.ablation(), task.model(), task.setting())
          .forEach(missing -> arms.merge(missing.ofArm(), missing, MissingRuns::and));
    }
    List<MissingRuns> all = List.copyOf(arms.values());
    workers.deal(all.size(), stopped, number -> runner.evolve(all.get(number)));
  }

  private static List<Withheld> failedManipulations(Path own) throws IOException {
    return ManipulationRow.TABLE.readIfThere(own.resolve(ManipulationRow.FILE)).stream()
        .flatMap(row -> row.withheld().stream())
        .toList();
  }

  private AblationProgress progress(List<PendingRun> pending) {
    long budget = job.tasks().get(0).setting().base().stop().evaluations().orElseThrow();
    return new AblationProgress(context, pending, budget, workers.count(), System::nanoTime);
  }

  /** The runs that are to be done, each once. */
  public List<PendingRun> pending() {
    return pending(job);
  }

  private List<PendingRun> pending(AblateJob some) {
    return some.tasks().stream().flatMap(t -> job.pending(t, store).stream()).distinct().toList();
  }
}
