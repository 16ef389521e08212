package org.whisker.feature.sweep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.StoredModel;
import org.whisker.evolution.result.BestHistory;
import org.whisker.evolution.result.BestHistory.GenerationRow;
import org.whisker.evolution.result.RunSummary;
import org.whisker.feature.evolve.EvolveConfig;
import org.whisker.feature.evolve.EvolveConfig.EvolveConfigJson;
import org.whisker.feature.evolve.OpenSearch;
import org.whisker.io.InputFile;
import org.whisker.job.FailureMessage;
import org.whisker.job.Leftovers;
import org.whisker.job.Workers.WorkQueue;
import org.whisker.torch.TorchDevice.DeviceMemoryException;

/** Does runs of searches, as {@code evolve} does them. */
public final class SearchTaskRunner implements TaskRunner {
  /** What is kept of a run besides its row of {@code summary.csv}, where it is there. */
  public static final List<String> TABLES =
      List.of("best.csv", BestHistory.FILE, "minimal.csv", GenerationRow.FILE);

  /** The entry of a configuration by which the last of them is kept, a row a generation. */
  public static final String KEEP_GENERATIONS = "keep_generations";

  private final OpenModels models;
  private @Nullable String name;
  private @Nullable OpenSearch open;

  SearchTaskRunner(OpenModels models) {
    this.models = models;
  }

  @Override
  public void run(List<SweepTask> tasks, BooleanSupplier stopped, Sink ended) throws IOException {
    SweepTask first = tasks.get(0);
    StoredModel model = models.of(first);
    OpenSearch search = opened(model, config(first, model), first.together());
    List<Integer> numbers = IntStream.range(0, tasks.size()).boxed().toList();
    ReentrantLock handing = new ReentrantLock();
    WorkQueue.deal(
        numbers,
        numbers, // each on a thread of its own: those that are alike ask for images together
        stopped,
        (thread, number) -> {
          TaskResult result = result(tasks.get(number), model, search, stopped);
          handing.lock();
          try {
            ended.accept(result);
          } finally {
            handing.unlock();
          }
        });
    if (stopped.getAsBoolean()) {
      throw new CancellationException("stopped");
    }
  }

  private static EvolveConfig config(SweepTask task, StoredModel model) throws IOException {
    return EvolveConfigJson.read(task.configuration(), model);
  }

  private static TaskResult result(
      SweepTask task, StoredModel model, OpenSearch search, BooleanSupplier stopped)
      throws IOException {
    Path folder = Leftovers.temporary("whisker-sweep");
    try {
      RunSummary summary = search.run(config(task, model), task.seed(), folder, stopped);
      if (!summary.isFinished()) {
        throw new CancellationException("stopped in a run");
      }
      return TaskResult.of(task.key(), tables(task, summary, folder));
    } catch (CancellationException | UncheckedIOException | DeviceMemoryException e) {
      throw e; // no fault of the run
    } catch (RuntimeException e) {
      return TaskResult.failed(task.key(), FailureMessage.oneLine(FailureMessage.describe(e)));
    } finally {
      Leftovers.delete(folder);
    }
  }

  private static Map<String, String> tables(SweepTask task, RunSummary summary, Path folder)
      throws IOException {
    boolean all = task.configuration().path(KEEP_GENERATIONS).asBoolean();
    Map<String, String> tables = new LinkedHashMap<>();
    tables.put(RunSummary.FILE, RunSummary.TABLE.headerLine() + RunSummary.TABLE.line(summary));
    for (String table : TABLES) {
      Path file = folder.resolve(table);
      if (Files.exists(file) && (all || !table.equals(GenerationRow.FILE))) {
        tables.put(table, InputFile.text(file));
      }
    }
    return tables;
  }

  private OpenSearch opened(StoredModel model, EvolveConfig config, int together)
      throws IOException {
    OpenSearch known = open;
    if (known != null && config.model().equals(name) && known.suits(config, together)) {
      return known;
    }
    close();
    OpenSearch fresh = OpenSearch.open(model, config, together);
    open = fresh;
    name = config.model();
    return fresh;
  }

  @Override
  public void close() {
    OpenSearch known = open;
    open = null;
    if (known != null) {
      known.close();
    }
  }
}
