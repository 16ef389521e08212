package org.whisker.study.evolve;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.whisker.torch.TorchClassifier;

/** Who runs are dealt out to: a classifier a device, each with a listener of its own. */
record SearchWorkers(
    List<SearchClassifiers> classifiers, List<SingleRun> runs, RunListener listener)
    implements AutoCloseable {
  /**
   * One on each of an experiment's devices; when one can't be opened, none is left open.
   *
   * @param listeners makes a listener for each device, and one for what concerns them all
   */
  public static SearchWorkers open(
      Experiment experiment,
      Supplier<? extends RunListener> listeners,
      RunTiming timing,
      BooleanSupplier stopped)
      throws IOException {
    EvolvePlan plan = experiment.plan();
    List<SearchClassifiers> opened = new ArrayList<>();
    List<SingleRun> runs = new ArrayList<>();
    try {
      for (TorchClassifier.Settings settings : experiment.scoring().all()) {
        SearchClassifiers each = SearchClassifiers.open(experiment.model(), settings);
        opened.add(each);
        runs.add(
            new SingleRun(
                plan,
                experiment.deltas(),
                each.canvas(),
                each.source(settings.batch(), plan.options().tones()),
                listeners.get(),
                timing,
                stopped));
      }
    } catch (IOException | RuntimeException e) {
      opened.forEach(SearchClassifiers::close);
      throw e;
    }
    return new SearchWorkers(opened, runs, listeners.get());
  }

  @Override
  public void close() {
    classifiers.forEach(SearchClassifiers::close);
  }
}
