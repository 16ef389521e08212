package org.whisker.feature.evolve;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.whisker.ablation.ArmEvolution.ArmLoad;
import org.whisker.feature.evolve.RunListener.RunListeners;
import org.whisker.feature.evolve.SearchClassifiers.RunScores;
import org.whisker.torch.TorchClassifier;

/**
 * Who runs are dealt out to, each with a listener of its own. On GPUs, and for large networks, one
 * a device. On the CPU small networks score a batch side by side, a core each, and as many runs ask
 * them together as fill a batch.
 */
record SearchWorkers(
    List<SearchClassifiers> classifiers, List<SingleRun> runs, RunListener listener)
    implements AutoCloseable {
  /** How runs are told of, and when they stop. */
  record Told(RunListeners listeners, RunTiming timing, BooleanSupplier stopped) {}

  /**
   * Those for what is left of an experiment; when one can't be opened, none is left open.
   *
   * @param runs that are left
   */
  public static SearchWorkers open(Experiment experiment, int runs, Told told) throws IOException {
    List<TorchClassifier.Settings> devices = experiment.scoring().all();
    int lanes = Math.min(runs, lanes(experiment));
    Supplier<? extends RunListener> listeners =
        told.listeners().begin(experiment.plan(), runs, lanes * devices.size());
    List<SearchClassifiers> opened = new ArrayList<>();
    List<SingleRun> workers = new ArrayList<>();
    try {
      for (TorchClassifier.Settings settings : devices) {
        SearchClassifiers each =
            SearchClassifiers.open(
                experiment.model(), settings, experiment.workers().count(), lanes);
        opened.add(each);
        RunScores scores = each.scores(settings.batch(), experiment.plan().options().tones());
        for (int i = 0; i < lanes; i++) {
          workers.add(run(experiment, scores, told, listeners.get()));
        }
      }
    } catch (IOException | RuntimeException | Error e) {
      opened.forEach(SearchClassifiers::close);
      throw e;
    }
    return new SearchWorkers(opened, workers, listeners.get());
  }

  private static int lanes(Experiment experiment) {
    return experiment.workers().areSmall()
        ? lanes(experiment.plan(), experiment.scoring().settings().batch())
        : 1;
  }

  /** Runs at a time on a small network: one where each has a time of its own. */
  static int lanes(EvolvePlan plan, int batch) {
    return plan.time().isEmpty() ? ArmLoad.together(plan.options(), batch) : 1;
  }

  private static SingleRun run(
      Experiment experiment, RunScores scores, Told told, RunListener listener) {
    return new SingleRun(
        experiment.plan(), experiment.canvas(), scores, listener, told.timing(), told.stopped());
  }

  @Override
  public void close() {
    classifiers.forEach(SearchClassifiers::close);
  }
}
