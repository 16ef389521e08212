package org.whisker.study.ablate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.whisker.planted.MatrixCell;
import org.whisker.planted.PlantedMatrix;
import org.whisker.planted.PlantedModel;
import org.whisker.planted.Plants;
import org.whisker.study.JobContext;
import org.whisker.study.Progress;

/** Runs the matrix of planted classifiers, a row a thread. */
record SelfcheckMatrix(JobContext context, MatrixConfig config, long seed) {
  /**
   * All cells, row by row.
   *
   * @param cells gets the rows that are done, in their order, also when it is stopped
   * @throws CancellationException when stopped
   */
  void run(BooleanSupplier stopped, List<MatrixCell> cells) {
    List<PlantedModel> plants =
        config.plants().stream().map(id -> Plants.find(id).orElseThrow()).toList();
    if (plants.isEmpty()) {
      return;
    }
    ExecutorService workers =
        Executors.newFixedThreadPool(
            Math.min(plants.size(), Runtime.getRuntime().availableProcessors()));
    try (Progress progress = context.progress("searching on planted classifiers", runs(plants))) {
      PlantedMatrix matrix = matrix(new SharedSteps(progress)::onRun, stopped);
      matrix.shared(plants.get(0));
      List<Future<List<MatrixCell>>> rows = new ArrayList<>();
      plants.forEach(plant -> rows.add(workers.submit(() -> matrix.row(plant))));
      for (Future<List<MatrixCell>> row : rows) {
        cells.addAll(finished(row));
      }
    } finally {
      workers.shutdownNow();
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

  private static <T> T finished(Future<T> task) {
    try {
      return task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
