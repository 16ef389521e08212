package org.whisker.feature.ablate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BooleanSupplier;
import org.whisker.job.JobContext;
import org.whisker.job.Progress;
import org.whisker.parallel.Crew;
import org.whisker.planted.PlantedModel;
import org.whisker.selfcheck.MatrixCell;
import org.whisker.selfcheck.PlantedMatrix;

/** Runs the matrix of planted classifiers, a row a thread. */
record SelfcheckMatrix(JobContext context, MatrixConfig config, long seed) {
  /**
   * All cells, row by row.
   *
   * @param cells gets the rows that are done, in their order, also when it is stopped
   * @throws CancellationException when stopped
   */
  void run(BooleanSupplier stopped, List<MatrixCell> cells) {
    List<PlantedModel> plants = config.planted();
    if (plants.isEmpty()) {
      return;
    }
    Map<Integer, List<MatrixCell>> rows = new ConcurrentSkipListMap<>();
    try (Progress progress = context.progress("searching on planted classifiers", runs(plants))) {
      PlantedMatrix matrix = matrix(new SharedSteps(progress)::onRun, stopped);
      matrix.shared(plants.get(0));
      List<Crew.Task<Boolean>> tasks = new ArrayList<>();
      for (int i = 0; i < plants.size(); i++) {
        int row = i;
        tasks.add(
            ended -> {
              rows.put(row, matrix.row(plants.get(row), ended));
              return true;
            });
      }
      int threads = Math.min(plants.size(), Runtime.getRuntime().availableProcessors());
      Crew.runAll(threads, tasks, RuntimeException.class);
    } finally {
      rows.values().forEach(cells::addAll);
    }
  }

  private PlantedMatrix matrix(PlantedMatrix.Progress progress, BooleanSupplier stopped) {
    return new PlantedMatrix(
        config.trial(seed), Set.copyOf(config.hypotheses()), progress, stopped);
  }

  /** Steps of several threads, one after the other. */
  private static final class SharedSteps {
    private final Progress progress;
    private long done;

    SharedSteps(Progress progress) {
      this.progress = progress;
    }

    synchronized void onRun(String plant) {
      progress.stepTo(++done);
    }
  }

  private long runs(List<PlantedModel> plants) {
    PlantedMatrix matrix = matrix(plant -> {}, () -> false);
    Set<Object> runs = new HashSet<>();
    plants.forEach(plant -> runs.addAll(matrix.pending(plant)));
    return runs.size();
  }
}
