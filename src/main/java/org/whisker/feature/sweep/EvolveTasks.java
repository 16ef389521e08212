package org.whisker.feature.sweep;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.evolution.Evolution.GenerationStats;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.result.BestHistory;
import org.whisker.evolution.result.RunSummary;
import org.whisker.feature.ablate.StoredAblatedModel;
import org.whisker.feature.evolve.EvolveConfig;
import org.whisker.feature.evolve.EvolveConfig.EvolveConfigJson;
import org.whisker.feature.evolve.OpenSearch;
import org.whisker.feature.sweep.SweepPlan.SweepGroup;
import org.whisker.feature.sweep.SweepTask.TaskResult;
import org.whisker.feature.sweep.TaskRunners.TaskRunner;
import org.whisker.io.InputFile;
import org.whisker.job.FailureMessage;
import org.whisker.job.JobContext;
import org.whisker.job.Leftovers;
import org.whisker.job.ModelConfig.Models;
import org.whisker.job.Workers.WorkQueue;
import org.whisker.torch.TorchClassifier;
import org.whisker.torch.TorchDevice;
import org.whisker.torch.TorchDevice.DeviceMemoryException;

/** Makes the tasks of a search: a run each. */
final class EvolveTasks {
  /** Images in a call: more gain little, and runs that go together are lost together by a kill. */
  private static final int ENOUGH = 8;

  private final JobContext context;
  private final SweepPlanner.Pace pace;
  private final SweepPlanner.SweepKeys keys;
  private final boolean oneByOne;
  private final Map<String, StoredModel> opened = new HashMap<>();
  private final Map<String, StoredAblatedModel> scored = new HashMap<>();

  EvolveTasks(
      JobContext context, SweepPlanner.Pace pace, SweepPlanner.SweepKeys keys, boolean oneByOne) {
    this.context = context;
    this.pace = pace;
    this.keys = keys;
    this.oneByOne = oneByOne;
  }

  /** What is asked for in the spec's words. */
  record Asked(String group, Map<String, String> options, boolean keepGenerations) {}

  /** Adds the tasks of a configuration. */
  SweepGroup make(Asked asked, EvolveConfig config, List<SweepTask> tasks) throws IOException {
    StoredModel model = model(config.model());
    ObjectNode json = EvolveConfigJson.write(config);
    if (asked.keepGenerations()) {
      json.put(SearchTaskRunner.KEEP_GENERATIONS, true);
    }
    EvolutionOptions search = config.plan().options();
    double images =
        Math.min(
            (double) search.stop().generations() * search.method().newGenomes(),
            (double) search.stop().evaluations().orElse(Long.MAX_VALUE));
    int together = oneByOne ? 1 : together(config, model);
    double seconds = seconds(config, model, images, Math.min(together, config.plan().runs()));
    String identity = SweepPlanner.SweepKeys.model(model.card());
    String what = model.card().name() + " " + asked.options();
    // by what is asked for, not by the seeds among which this one is asked for
    String text = json.deepCopy().without(List.of("seed", "runs", "model")).toString();
    for (int run = 0; run < config.plan().runs(); run++) {
      long seed = config.plan().seed() + run;
      tasks.add(
          new SweepTask(
              keys.of(SweepTask.Kind.EVOLVE, identity, text, seed),
              SweepTask.Kind.EVOLVE,
              asked.group(),
              what,
              config.model(),
              model.card().weights().sha256(),
              seed,
              images,
              seconds,
              together,
              json));
    }
    return new SweepGroup(asked.group(), "evolve", asked.options(), json);
  }

  private static int together(EvolveConfig config, StoredModel model) throws IOException {
    int fresh = config.plan().options().method().newGenomes();
    return Math.min((ENOUGH + fresh - 1) / fresh, OpenSearch.together(model, config));
  }

  private double seconds(EvolveConfig config, StoredModel model, double images, int together) {
    EvolutionOptions search = config.plan().options();
    TorchDevice device = config.scoring().devices().get(0);
    int batch = device.searchBatch(search.method().population());
    StoredAblatedModel timed =
        scored.computeIfAbsent(
            config.model() + " " + batch,
            name -> new StoredAblatedModel(model, settings(config, device, batch)));
    return pace.seconds(timed, images, Math.min(batch, together * search.method().newGenomes()));
  }

  private static TorchClassifier.Settings settings(
      EvolveConfig config, TorchDevice device, int batch) {
    return new TorchClassifier.Settings(
        org.whisker.torch.Precision.parse("precision", config.scoring().precision()),
        device,
        batch);
  }

  private StoredModel model(String name) throws IOException {
    StoredModel known = opened.get(name);
    if (known != null) {
      return known;
    }
    StoredModel model = Models.open(new ModelStore(context.home().models()), name);
    opened.put(name, model);
    return model;
  }

  /** Does runs of searches, as {@code evolve} does them. */
  static final class SearchTaskRunner implements TaskRunner {
    /** What is kept of a run besides its row of {@code summary.csv}, where it is there. */
    public static final List<String> TABLES =
        List.of("best.csv", BestHistory.FILE, "minimal.csv", GenerationStats.FILE);

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
        if (Files.exists(file) && (all || !table.equals(GenerationStats.FILE))) {
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
}
