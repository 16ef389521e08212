package org.whisker.feature.sweep;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.StoredModel;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.result.BestHistory;
import org.whisker.evolution.result.RunSummary;
import org.whisker.feature.evolve.EvolveConfig;
import org.whisker.feature.evolve.OpenSearch;
import org.whisker.feature.sweep.SweepFolder.SweepGroup;
import org.whisker.feature.sweep.SweepPlanner.Planning;
import org.whisker.feature.sweep.SweepTask.Kind;
import org.whisker.feature.sweep.SweepTask.TaskKey;
import org.whisker.feature.sweep.SweepTask.TaskResult;
import org.whisker.feature.sweep.SweepWorker.OpenModel;
import org.whisker.feature.sweep.SweepWorker.TaskRunner;
import org.whisker.io.InputFile;
import org.whisker.job.Leftovers;

/** The tasks of a search, a run each, done as {@code evolve} does them. */
final class EvolveTasks implements TaskRunner {
  /** What is kept of a run besides its row of {@code summary.csv}, where it is there. */
  static final List<String> TABLES = List.of("best.csv", BestHistory.FILE, "minimal.csv");

  private final OpenModel models;
  private @Nullable String name;
  private @Nullable OpenSearch open;

  EvolveTasks(OpenModel models) {
    this.models = models;
  }

  /** Adds the tasks of a configuration. */
  static SweepGroup plan(
      Planning planning, String group, Map<String, String> options, EvolveConfig config)
      throws IOException {
    StoredModel model = planning.model(config.model());
    ObjectNode json = EvolveConfig.toJson(config);
    EvolutionOptions search = config.plan().options();
    double images =
        Math.min(
            (double) search.stop().generations() * search.method().newGenomes(),
            (double) search.stop().evaluations().orElse(Long.MAX_VALUE));
    String what = model.card().name() + " " + options;
    // by what is asked for, not by the seeds among which this one is asked for
    String text = json.deepCopy().without(List.of("seed", "runs", "model")).toString();
    for (int run = 0; run < config.plan().runs(); run++) {
      long seed = config.plan().seed() + run;
      planning.add(
          new SweepTask(
              TaskKey.of(Kind.EVOLVE, TaskKey.model(model.card()), text, seed, planning.numerics()),
              Kind.EVOLVE,
              group,
              what,
              config.model(),
              model.card().weights().sha256(),
              seed,
              images,
              json));
    }
    return new SweepGroup(group, "evolve", options, json);
  }

  @Override
  public TaskResult run(SweepTask task, BooleanSupplier stopped) throws IOException {
    StoredModel model = models.of(task);
    EvolveConfig config = EvolveConfig.fromJson(task.configuration(), model);
    OpenSearch search = opened(model, config);
    Path folder = Leftovers.temporary("whisker-sweep");
    try {
      RunSummary summary = search.run(config, task.seed(), folder, stopped);
      if (!summary.isFinished()) {
        throw new CancellationException("stopped in a run");
      }
      return TaskResult.of(task.key(), tables(summary, folder));
    } finally {
      Leftovers.delete(folder);
    }
  }

  private static Map<String, String> tables(RunSummary summary, Path folder) throws IOException {
    Map<String, String> tables = new LinkedHashMap<>();
    tables.put(RunSummary.FILE, RunSummary.TABLE.headerLine() + RunSummary.TABLE.line(summary));
    for (String table : TABLES) {
      if (Files.exists(folder.resolve(table))) {
        tables.put(table, InputFile.text(folder.resolve(table)));
      }
    }
    return tables;
  }

  private OpenSearch opened(StoredModel model, EvolveConfig config) throws IOException {
    OpenSearch known = open;
    if (known != null && config.model().equals(name) && known.suits(config, 1)) {
      return known;
    }
    close();
    OpenSearch fresh = OpenSearch.open(model, config, 1);
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
