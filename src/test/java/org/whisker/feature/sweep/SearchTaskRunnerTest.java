package org.whisker.feature.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.cli.TinyModels;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.feature.evolve.EvolveConfig;
import org.whisker.feature.evolve.EvolveConfig.EvolveConfigJson;
import org.whisker.feature.evolve.OpenSearch;
import org.whisker.feature.sweep.EvolveTasks.SearchTaskRunner;
import org.whisker.feature.sweep.SweepTask.TaskKey;
import org.whisker.feature.sweep.SweepTask.TaskResult;
import org.whisker.job.JobContext.WhiskerHome;
import org.whisker.job.ScoringConfig;

class SearchTaskRunnerTest {
  private static final int TASKS = 5;

  @TempDir Path path;

  @BeforeEach
  void aModel() throws IOException {
    TinyModels.save(path, "tiny");
  }

  private static EvolveConfig config(EvolutionOptions options) {
    return EvolveConfig.of("tiny", options.withGenerations(40))
        .withScoring(new ScoringConfig("cpu", "float32"));
  }

  private List<SweepTask> tasks(EvolveConfig config, int together) throws IOException {
    StoredModel model = new ModelStore(path.resolve("models")).open("tiny");
    ObjectNode json = EvolveConfigJson.write(config);
    json.put(SearchTaskRunner.KEEP_GENERATIONS, true);
    List<SweepTask> tasks = new ArrayList<>();
    for (int seed = 1; seed <= TASKS; seed++) {
      tasks.add(
          new SweepTask(
              new TaskKey("%032x".formatted(seed)),
              SweepTask.Kind.EVOLVE,
              "evolve-1",
              "tiny",
              "tiny",
              model.card().weights().sha256(),
              seed,
              40,
              1,
              together,
              json));
    }
    return tasks;
  }

  private Map<TaskKey, TaskResult> results(List<List<SweepTask>> batches) throws IOException {
    Map<TaskKey, TaskResult> results = new HashMap<>();
    SearchTaskRunner runner = new SearchTaskRunner(OpenModels.stored(new WhiskerHome(path)));
    try {
      for (List<SweepTask> batch : batches) {
        runner.run(batch, () -> false, result -> results.put(result.key(), result));
      }
    } finally {
      runner.close();
    }
    return results;
  }

  @Test
  void runsThatGoTogetherComeToWhatTheyWouldAlone() throws IOException {
    EvolveConfig question = config(EvolutionOptions.question());
    List<SweepTask> alone = tasks(question, 1);
    Map<TaskKey, TaskResult> expected = results(alone.stream().map(List::of).toList());
    assertEquals(TASKS, expected.size());
    List<SweepTask> together = tasks(question, TASKS);
    assertEquals(expected, results(List.of(together)));
    // two batches, the second of what another worker left
    assertEquals(expected, results(List.of(together.subList(0, 4), together.subList(4, TASKS))));
  }

  @Test
  void thoseThatMakeFewNewImagesGoTogether() throws IOException {
    StoredModel tiny = new ModelStore(path.resolve("models")).open("tiny");
    EvolveConfig question = config(EvolutionOptions.question());
    int fresh = question.plan().options().method().newGenomes();
    assertTrue(fresh < 5, "few new images");
    assertEquals(100 / fresh, OpenSearch.together(tiny, question));
    EvolveConfig quick = config(EvolutionOptions.quick());
    assertTrue(OpenSearch.together(tiny, quick) < 3);
  }

  @Test
  void whereOneIsStoppedSoAreTheOthers() throws IOException {
    SearchTaskRunner runner = new SearchTaskRunner(OpenModels.stored(new WhiskerHome(path)));
    List<SweepTask> tasks = tasks(config(EvolutionOptions.question()), TASKS);
    AtomicInteger polls = new AtomicInteger();
    List<TaskResult> ended = new ArrayList<>();
    try {
      assertThrows(
          CancellationException.class,
          () -> runner.run(tasks, () -> polls.getAndIncrement() > 4 * TASKS, ended::add));
    } finally {
      runner.close();
    }
    assertEquals(List.of(), ended);
  }
}
