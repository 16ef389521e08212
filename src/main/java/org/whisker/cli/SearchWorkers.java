package org.whisker.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.whisker.torch.TorchClassifier;

/** Who runs are dealt out to: a classifier a device, each with a display of its own. */
record SearchWorkers(List<SearchClassifiers> classifiers, List<SingleRun> runs, RunDisplay display)
    implements AutoCloseable {
  /** One on each of an experiment's devices; when one can't be opened, none is left open. */
  static SearchWorkers open(
      Experiment experiment,
      Environment environment,
      CommonOptions common,
      CheckpointOptions checkpoints,
      BooleanSupplier stopped)
      throws IOException {
    List<TorchClassifier.Settings> devices = experiment.scoring().all();
    // several bars would write over each other
    Environment shown = devices.size() == 1 ? environment : environment.withoutBars();
    EvolvePlan plan = experiment.plan();
    List<SearchClassifiers> opened = new ArrayList<>();
    List<SingleRun> runs = new ArrayList<>();
    try {
      for (TorchClassifier.Settings settings : devices) {
        SearchClassifiers each = SearchClassifiers.open(experiment.model(), settings);
        opened.add(each);
        runs.add(
            new SingleRun(
                plan,
                each.canvas(),
                each.source(settings.batch(), plan.options().tones()),
                new RunDisplay(shown, common, checkpoints, System::nanoTime),
                stopped));
      }
    } catch (IOException | RuntimeException e) {
      opened.forEach(SearchClassifiers::close);
      throw e;
    }
    RunDisplay display = new RunDisplay(shown, common, checkpoints, System::nanoTime);
    return new SearchWorkers(opened, runs, display);
  }

  @Override
  public void close() {
    classifiers.forEach(SearchClassifiers::close);
  }
}
