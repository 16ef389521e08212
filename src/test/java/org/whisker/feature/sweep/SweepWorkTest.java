package org.whisker.feature.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.cli.Folders;
import org.whisker.cli.TinyModels;
import org.whisker.command.TestEnvironment;
import org.whisker.feature.sweep.SweepFolder.Share;
import org.whisker.feature.sweep.SweepTask.TaskKey;
import org.whisker.feature.sweep.SweepTask.TaskResult;
import org.whisker.feature.sweep.SweepWorker.WorkResult;
import org.whisker.io.Csv;

/** Workers that share a folder, are killed, or can't do a task. */
class SweepWorkTest {
  private static final Map<String, String> ONE_THREAD = Map.of("OMP_NUM_THREADS", "1");
  private static final TaskKey KEY = new TaskKey("0123456789abcdef0123456789abcdef");

  private static final String SPEC =
      """
      models: [tiny]
      seeds: {count: 4}
      tasks:
        - command: ablate
          experiments: [founders]
          options: {max-evaluations: 300}
        - command: evolve
          options: {generations: 15, population: 20, target: 0, crossover: [columns, rectangle]}
      """;

  @TempDir Path home;
  private SweepFolder sweep = new SweepFolder(Path.of(""));

  @BeforeEach
  void plan() throws IOException {
    TinyModels.save(home, "tiny");
    Path spec = Files.writeString(home.resolve("spec.yaml"), SPEC);
    sweep = new SweepFolder(home.resolve("sweep"));
    SweepProcess.here(home, "plan", spec.toString(), "--out=" + sweep.path());
  }

  private static List<SweepTask> tasks(SweepFolder sweep, Share share) throws IOException {
    List<SweepTask> tasks = new ArrayList<>();
    sweep.scan(share, tasks::add);
    return tasks;
  }

  private int done() throws IOException {
    int done = 0;
    for (SweepTask task : tasks(sweep, new Share(1, 1))) {
      done +=
          sweep.find(task.key()).filter(result -> result.failure().isEmpty()).isPresent() ? 1 : 0;
    }
    return done;
  }

  private Process worker(String... more) throws IOException {
    List<String> words = new ArrayList<>(List.of("work", sweep.path().toString()));
    words.addAll(List.of(more));
    return SweepProcess.start(home, ONE_THREAD, words.toArray(String[]::new));
  }

  private Map<Path, String> collected(SweepFolder folder) throws IOException {
    SweepProcess.here(home, "collect", folder.path().toString());
    Path root = folder.path().resolve("collected");
    Map<Path, String> tables = new TreeMap<>();
    for (Path file : Folders.files(root)) {
      if (file.toString().endsWith(".csv")) {
        tables.put(file, Files.readString(root.resolve(file)));
      }
    }
    return tables;
  }

  /** One is killed while it works, two shards at once do the rest: the tables of one alone. */
  @Test
  void aKilledWorkersTasksAreDoneByShardsSideBySide() throws Exception {
    SweepFolder alone = new SweepFolder(home.resolve("alone"));
    Folders.copy(sweep.path(), alone.path());
    SweepProcess.run(home, ONE_THREAD, "work", alone.path().toString());
    int all = tasks(sweep, new Share(1, 1)).size();

    Process victim = worker();
    while (victim.isAlive() && done() == 0) {
      Thread.sleep(5);
    }
    assertTrue(victim.isAlive(), "it was done too early");
    victim.destroyForcibly().waitFor();
    int before = done();
    assertTrue(before > 0 && before < all, before + " of " + all);
    for (SweepTask task : tasks(sweep, new Share(1, 1))) {
      if (sweep.isDone(task.key())) {
        assertEquals(alone.find(task.key()), sweep.find(task.key())); // whole
      }
    }
    Process[] shards = {worker("--shard=1/2"), worker("--shard=2/2")};
    for (Process shard : shards) {
      assertEquals(0, shard.waitFor());
    }
    assertEquals(all, done());
    assertEquals(collected(alone), collected(sweep));
  }

  @Test
  void sharesAreDisjointAndWhole() throws IOException {
    List<SweepTask> all = tasks(sweep, new Share(1, 1));
    Set<TaskKey> keys = new HashSet<>();
    int count = 0;
    for (int shard = 1; shard <= 3; shard++) {
      List<SweepTask> own = tasks(sweep, Share.parse(shard + "/3"));
      assertTrue(own.size() >= all.size() / 3, "shard of " + own.size());
      own.forEach(task -> keys.add(task.key()));
      count += own.size();
    }
    assertEquals(all.size(), count);
    assertEquals(all.size(), keys.size());
  }

  @Test
  void whatHasAResultIsNotDoneAgain() throws IOException {
    SweepTask first = tasks(sweep, new Share(1, 1)).get(0);
    TaskResult told = TaskResult.of(first.key(), Map.of("run.csv", "told\n"));
    sweep.keep(told);
    SweepProcess.here(home, "work", sweep.path().toString());
    assertEquals(told, sweep.find(first.key()).orElseThrow());
  }

  /** One task can't be done here, another fails by itself: neither ends the others. */
  @Test
  void whatCannotBeDoneIsLeftAndWhatFailsIsKept() throws IOException {
    List<SweepTask> tasks = tasks(sweep, new Share(1, 1));
    SweepTask evolve =
        tasks.stream().filter(t -> t.kind() == SweepTask.Kind.EVOLVE).findFirst().orElseThrow();
    Path file = sweep.path().resolve(SweepFolder.TASKS);
    String text = Files.readString(file);
    String line =
        text.lines().filter(l -> l.contains(evolve.key().digits())).findFirst().orElseThrow();
    Files.writeString(
        file, text.replace(line, line.replace("\"population\":20", "\"population\":-1")));
    TestEnvironment test = new TestEnvironment(home);
    String[] work = {"sweep", "work", sweep.path().toString(), "--quiet"};
    assertEquals(1, test.run(SweepCommand::new, work));
    assertTrue(test.err().contains("task " + evolve.key() + ": "), test.err());
    assertTrue(test.out().contains("1 could not be done and can be tried again"), test.out());
    assertEquals(tasks.size() - 1, done());
    sweep.keep(TaskResult.failed(evolve.key(), "no such place"));
    test = new TestEnvironment(home);
    assertEquals(0, test.run(SweepCommand::new, work), test.err());
    collected(sweep);
    Csv.CsvRow row = Csv.rows(sweep.path().resolve("collected/unfinished.csv")).get(0);
    assertEquals("failed", row.text("state"));
    assertEquals("no such place", row.text("message"));
  }

  @Test
  void aResultIsThereWholeOrNotAtAll() throws IOException {
    Files.writeString(sweep.path().resolve("results"), "in the way");
    TestEnvironment test = new TestEnvironment(home);
    assertEquals(
        1, test.run(SweepCommand::new, "sweep", "work", sweep.path().toString(), "--quiet"));
    assertTrue(test.err().contains("could not be written"), test.err());
    Files.delete(sweep.path().resolve("results"));
    // what a killed process was writing, and what anybody put there
    for (String name : List.of(".%s.json.1-2.partial".formatted(KEY), "notes.json", "..json")) {
      Path file = sweep.path().resolve("results/01").resolve(name);
      Files.createDirectories(file.resolveSibling("."));
      Files.writeString(file, "{");
    }
    assertEquals(0, done());
    assertFalse(sweep.isDone(KEY));
    Path half = Files.writeString(sweep.path().resolve("results/01/" + KEY + ".json"), "{");
    IOException e = assertThrows(IOException.class, () -> sweep.find(KEY));
    assertTrue(String.valueOf(e.getMessage()).startsWith(half + " is no result"), e.getMessage());
  }

  /** Names come from lists of tasks, which anybody may have written. */
  @Test
  void noKeyLeadsOutOfTheFolder() throws IOException {
    assertThrows(IllegalArgumentException.class, () -> new TaskKey("../../key"));
    Path file = sweep.path().resolve(SweepFolder.TASKS);
    String key = tasks(sweep, new Share(1, 1)).get(0).key().digits();
    Files.writeString(file, Files.readString(file).replace(key, "../" + key));
    IOException e = assertThrows(IOException.class, () -> tasks(sweep, new Share(1, 1)));
    assertTrue(String.valueOf(e.getMessage()).contains("tasks.jsonl:1: "), e.getMessage());
  }

  @Test
  void whatStoppedSeveralIsSaidOnce() {
    TaskKey other = new TaskKey("f".repeat(32));
    TaskKey third = new TaskKey("a".repeat(32));
    WorkResult result =
        new WorkResult(1, 0, Map.of(KEY, "no place"))
            .plus(new WorkResult(2, 1, Map.of(other, "no place")))
            .plus(new WorkResult(0, 0, Map.of(third, "other")));
    TestEnvironment test = new TestEnvironment(home);
    assertEquals(1, result.say(test.environment()));
    assertTrue(test.out().startsWith("3 tasks done; 1 fail each time"), test.out());
    assertEquals(
        "whisker: task %s and 1 like it: no place\nwhisker: task %s: other\n".formatted(KEY, third),
        test.err());
  }
}
