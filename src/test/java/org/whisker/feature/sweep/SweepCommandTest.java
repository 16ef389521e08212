package org.whisker.feature.sweep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.whisker.cli.Folders;
import org.whisker.cli.TinyModels;
import org.whisker.command.TestEnvironment;
import org.whisker.feature.ablate.AblateCommand;
import org.whisker.feature.evolve.EvolveCommand;
import org.whisker.feature.report.ReportCommand;
import org.whisker.feature.sweep.SweepFolder.Share;
import org.whisker.feature.sweep.SweepTask.TaskKey;
import org.whisker.io.Csv;
import org.whisker.io.Csv.CsvRow;
import org.whisker.io.FolderLock;
import org.whisker.io.JsonFile;
import org.whisker.job.JobManifest;

class SweepCommandTest {
  private static final String SPEC =
      """
      # two commands
      models: [tiny, other]
      seeds: {first: 3, count: 2}
      tasks:
        - command: ablate
          experiments: [founders, geometry, uniformity]
          options: {max-evaluations: 120}
        - command: evolve
          models: [tiny]
          options: {generations: 6, population: 10, crossover: [columns, rectangle], minimize: true}
      """;

  /** Only the SVG files are compared. */
  private static final String FORMAT = "--format=svg";

  @TempDir Path home;
  private TestEnvironment test = new TestEnvironment(Path.of(""));

  @BeforeEach
  void models() throws IOException {
    test = new TestEnvironment(home);
    TinyModels.save(home, "tiny");
    TinyModels.save(home, "other", 8);
  }

  private int sweep(String... args) {
    List<String> all = new ArrayList<>(List.of("sweep"));
    all.addAll(List.of(args));
    all.add("--quiet");
    return test.run(SweepCommand::new, all.toArray(String[]::new));
  }

  private Path planned(String text) throws IOException {
    Path spec = Files.writeString(home.resolve("spec.yaml"), text);
    Path out = home.resolve("sweep");
    assertEquals(0, sweep("plan", spec.toString(), "--out=" + out), test.err());
    return out;
  }

  private static List<SweepTask> tasks(Path sweep) throws IOException {
    List<SweepTask> tasks = new ArrayList<>();
    new SweepFolder(sweep).scan(new Share(1, 1), tasks::add);
    return tasks;
  }

  /** Of {@code whole}, but for runs that it kept, and charts, which name their command line. */
  private static void assertSameTables(Path whole, Path collected, Set<String> but)
      throws IOException {
    int compared = 0;
    for (Path file : Folders.files(whole)) {
      String name = file.getFileName().toString();
      String chart = name.replaceAll("\\.(png|svg)$", "") + ".svg";
      boolean drawn = Files.exists(whole.resolve(file).resolveSibling(chart));
      // which describes the tables of a folder that has a manifest
      boolean describes = name.equals("COLUMNS.md");
      if (!file.startsWith("runs/control") && !drawn && !describes && !but.contains(name)) {
        assertArrayEquals(
            Files.readAllBytes(whole.resolve(file)),
            Files.readAllBytes(collected.resolve(file)),
            file.toString());
        compared++;
      }
    }
    assertTrue(compared > 5, "compared " + compared);
  }

  private Path ablated(int runs) {
    Path whole = home.resolve("ablated");
    String[] args = {
      "ablate",
      "founders,geometry,uniformity",
      "--model=tiny,other",
      "--device=cpu",
      "--quiet",
      "--seed=3",
      "--runs=" + runs,
      "--max-evaluations=120",
      FORMAT,
      "--out=" + whole
    };
    assertEquals(0, test.run(AblateCommand::new, args), test.err());
    return whole;
  }

  private static void assertAblated(Path whole, Path collected) throws IOException {
    for (String name : List.of("tiny", "other")) {
      assertSameTables(whole.resolve(name), collected.resolve(name), Set.of());
    }
    assertArrayEquals(
        Files.readAllBytes(whole.resolve("summary.csv")),
        Files.readAllBytes(collected.resolve("summary.csv")));
    assertArrayEquals(
        Files.readAllBytes(whole.resolve("skipped.csv")),
        Files.readAllBytes(collected.resolve("skipped.csv")));
  }

  @Test
  void collectedTablesAreThoseOfEvolveAndAblate() throws IOException {
    Path sweep = planned(SPEC);
    assertEquals(0, sweep("work", sweep.toString(), "--shard=1/2"), test.err());
    assertEquals(0, sweep("work", sweep.toString(), "--shard=2/2"), test.err());
    assertEquals(0, sweep("collect", sweep.toString(), "--folders", FORMAT), test.err());
    int all = tasks(sweep).size();
    assertTrue(test.out().contains(all + " tasks collected, 0 missing or failed"), test.out());
    Path collected = sweep.resolve("collected");
    assertAblated(ablated(2), collected.resolve("ablate-1"));
    for (int i = 1; i <= 2; i++) {
      Path evolved = home.resolve("evolved-" + i);
      String[] args = {
        "evolve",
        "--model=tiny",
        "--device=cpu",
        "--precision=float32",
        "--quiet",
        "--seed=3",
        "--runs=2",
        "--generations=6",
        "--population=10",
        "--minimize",
        "--crossover=" + (i == 1 ? "columns" : "rectangle"),
        FORMAT,
        "--out=" + evolved
      };
      assertEquals(0, test.run(EvolveCommand::new, args), test.err());
      assertSameTables(
          evolved,
          collected.resolve("evolve-" + i),
          Set.of(
              "generations.csv",
              "manifest.json",
              "finished.json",
              "index.html",
              "filmstrip.svg",
              "best.gif",
              "progress.svg",
              ".lock"));
    }
    assertEquals(4, Csv.rows(collected.resolve("evolve.csv")).size());
    assertEquals(0, Csv.rows(collected.resolve("unfinished.csv")).size());
    CsvRow option = Csv.rows(collected.resolve("options.csv")).get(2);
    assertEquals(
        "evolve-1 population 10",
        option.text("group") + " " + option.text("option") + " " + option.text("value"));
    assertReported(collected);
    assertHeld(sweep, collected);
  }

  /** Collected is one job: locked, with its status and hashes, and done again at any time. */
  private void assertHeld(Path sweep, Path collected) throws IOException {
    String before = Files.readString(collected.resolve("manifest.json"));
    for (Path folder : List.of(collected, collected.resolve("ablate-1"))) {
      JobManifest manifest = JobManifest.open(folder, "sweep collect");
      assertTrue(manifest.isDone());
      assertEquals(List.of(), manifest.changed());
      assertFalse(manifest.content().path("files").isEmpty(), folder.toString());
    }
    assertFalse(before.contains("/arm_summary.csv"), "the hashes of ablate-1 stand in there");
    Map<Path, String> charts = charts(collected.resolve("ablate-1"));
    assertFalse(charts.isEmpty());
    int told = test.err().length();
    FolderLock.run(collected, () -> assertEquals(1, sweep("collect", sweep.toString())));
    assertTrue(test.err().substring(told).contains("is being written by another whisker"));
    assertEquals(0, sweep("collect", sweep.toString(), "--folders", FORMAT), test.err());
    assertEquals(before, Files.readString(collected.resolve("manifest.json")));
    assertEquals(charts, charts(collected.resolve("ablate-1")), "with the same origin");
  }

  private static Map<Path, String> charts(Path folder) throws IOException {
    Map<Path, String> charts = new TreeMap<>();
    for (Path file : Folders.files(folder)) {
      if (file.toString().endsWith(".svg")) {
        charts.put(file, Files.readString(folder.resolve(file)));
      }
    }
    return charts;
  }

  /** With a page of the verdicts of each ablate, which is drawn again alike. */
  private void assertReported(Path collected) throws IOException {
    Path group = collected.resolve("ablate-1");
    String verdicts = Files.readString(group.resolve("index.html"));
    for (CsvRow row : Csv.rows(group.resolve("findings.csv"))) {
      boolean done = List.of("founders", "geometry", "uniformity").contains(row.text("experiment"));
      assertEquals(!done, row.text("reason").equals("not planned"), row.text("hypothesis"));
      assertTrue(verdicts.contains(row.text("model")));
    }
    Files.delete(group.resolve("index.html"));
    assertEquals(
        0, test.run(ReportCommand::new, "report", "--quiet", group.toString()), test.err());
    assertEquals(verdicts, Files.readString(group.resolve("index.html")));
  }

  @Test
  void halfASweepIsCollectedAsAblateWithFewerRuns() throws IOException {
    Path sweep = planned(SPEC.replace("count: 2", "count: 3"));
    SweepFolder folder = new SweepFolder(sweep);
    assertEquals(0, sweep("work", sweep.toString()), test.err());
    int left = 0;
    for (SweepTask task : tasks(sweep)) {
      if (task.seed() == 5) {
        left++; // the third run of every arm, and of every search
        String key = task.key().digits();
        Files.delete(sweep.resolve("results/" + key.substring(0, 2) + "/" + key + ".json"));
        assertFalse(folder.isDone(task.key()));
      }
    }
    assertEquals(0, sweep("collect", sweep.toString(), FORMAT), test.err());
    Path collected = sweep.resolve("collected");
    assertAblated(ablated(2), collected.resolve("ablate-1"));
    for (CsvRow row : Csv.rows(collected.resolve("experiments.csv"))) {
      assertEquals(3, row.integer("planned"));
      assertEquals(2, row.integer("runs"));
    }
    List<CsvRow> unfinished = Csv.rows(collected.resolve("unfinished.csv"));
    assertEquals(left, unfinished.size());
    assertTrue(left > 5);
    assertEquals("missing", unfinished.get(0).text("state"));
    assertFalse(Files.exists(collected.resolve("evolve-1"))); // not asked for
  }

  @Test
  void keysAreOfWeightsConfigurationSeedAndNumericsAlone() throws IOException {
    Path sweep = planned(SPEC);
    Set<TaskKey> keys = new HashSet<>(tasks(sweep).stream().map(SweepTask::key).toList());
    assertEquals(keys.size(), tasks(sweep).size());
    // a longer sweep has the same runs among its own
    Path longer = home.resolve("longer");
    Path spec = home.resolve("spec.yaml");
    Files.writeString(spec, SPEC.replace("first: 3, count: 2", "first: 2, count: 5"));
    assertEquals(0, sweep("plan", spec.toString(), "--out=" + longer), test.err());
    assertTrue(tasks(longer).stream().map(SweepTask::key).toList().containsAll(keys));
    TinyModels.save(home, "tiny", 9);
    Path others = home.resolve("others");
    Files.writeString(spec, SPEC.replace("models: [tiny, other]", "models: [tiny]"));
    assertEquals(0, sweep("plan", spec.toString(), "--out=" + others), test.err());
    List<SweepTask> changed =
        tasks(others).stream().filter(task -> keys.contains(task.key())).toList();
    assertTrue(changed.stream().allMatch(task -> task.what().contains("geometry")), "" + changed);
  }

  @Test
  void experimentsShareTheirControl() throws IOException {
    Path sweep = planned(SPEC);
    List<String> experiments =
        tasks(sweep).stream()
            .map(task -> task.configuration().path("experiment").asText())
            .distinct()
            .toList();
    assertTrue(experiments.contains("founders"), "" + experiments);
    assertFalse(experiments.contains("uniformity"), "" + experiments); // its one arm is the control
  }

  @Test
  void aDryRunWritesNothing() throws IOException {
    Path spec = Files.writeString(home.resolve("spec.yaml"), SPEC);
    Path out = home.resolve("sweep");
    assertEquals(0, sweep("plan", spec.toString(), "--dry-run", "--out=" + out), test.err());
    assertFalse(Files.exists(out));
    assertTrue(test.out().contains("tasks,"), test.out());
    assertTrue(test.out().contains("evolve-2"), test.out());
    test = new TestEnvironment(home);
    assertEquals(0, sweep("plan", spec.toString(), "--dry-run", "--json"), test.err());
    JsonNode plan = new ObjectMapper().readTree(test.out());
    assertTrue(plan.get("groups").findValuesAsText("group").contains("evolve-2"), test.out());
    assertTrue(plan.get("tasks").asInt() > 0 && plan.get("folder") == null, test.out());
  }

  @Test
  void otherWeightsAreNotWorkedWith() throws IOException {
    Path sweep = planned(SPEC);
    TinyModels.save(home, "tiny", 99);
    TinyModels.save(home, "other", 98);
    assertEquals(1, sweep("work", sweep.toString()));
    assertTrue(test.err().contains("has other weights here"), test.err());
    assertFalse(Files.exists(sweep.resolve("results")));
  }

  @Test
  void anotherVersionIsNotWorkedWith() throws IOException {
    Path sweep = planned(SPEC);
    Path manifest = sweep.resolve("manifest.json");
    ObjectNode content = (ObjectNode) JsonFile.read(manifest);
    content.put("engine", "PyTorch 1.0");
    JsonFile.write(manifest, content);
    assertEquals(1, sweep("work", sweep.toString()));
    assertTrue(test.err().contains("planned with engine PyTorch 1.0"), test.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tasks: []|has no tasks",
        "tasks: [{command: evolve}]|names no models",
        "{models: [tiny], tasks: [{command: paint}]}|evolve or ablate, not 'paint'",
        "{models: [tiny], tasks: [{command: ablate}]}|name experiments",
        "{models: [tiny], tasks: [{command: ablate, experiments: [none]}]}|no experiment 'none'",
        "{models: [tiny], tasks: [{command: evolve, options: {seed: 4}}]}|option 'seed'",
        "{models: [tiny], tasks: [{command: evolve, options: {lamda: 4}}]}|lamda",
        "{models: [tiny], tasks: [{command: evolve, options: {lambda: many}}]}|lambda",
        "{models: [tiny], tasks: [{command: evolve, options: {time: 4s}}]}|--time",
        "{models: [tiny], device: tpu, tasks: [{command: evolve}]}|--device",
        "{models: [tiny], device: auto, tasks: [{command: evolve}]}|cpu or gpu",
        "{models: [tiny], numerics: exact, tasks: [{command: evolve}]}|native or portable",
        "{models: [tiny], numerics: portable, precision: bfloat16, tasks: [{command: evolve}]}"
            + "|portable numerics"
      })
  void aSpecThatCannotBeIsRefused(String text, String why) throws IOException {
    Path spec = Files.writeString(home.resolve("spec.yaml"), text);
    Path out = home.resolve("sweep");
    assertEquals(2, sweep("plan", spec.toString(), "--out=" + out), test.err());
    assertTrue(test.err().contains(why), test.err());
    assertEquals(1, test.err().lines().count(), test.err());
    assertFalse(Files.exists(out));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tasks: [|not valid YAML",
        "just words|no spec of a sweep",
        "model: [tiny]|model",
        "seeds: {first: 1, count: 0}|at least 1, was 0"
      })
  void aFileThatIsNoSpecIsAFailure(String text, String why) throws IOException {
    Path spec = Files.writeString(home.resolve("spec.yaml"), text);
    assertEquals(1, sweep("plan", spec.toString()));
    assertTrue(test.err().contains(why), test.err());
    assertTrue(test.err().contains("spec.yaml"), test.err());
    assertEquals(1, test.err().lines().count(), test.err());
  }

  @Test
  void withoutSparkItIsSaidHowToGetIt() throws IOException {
    Path sweep = planned(SPEC);
    assertEquals(1, sweep("run", sweep.toString(), "--master=local[2]"));
    assertTrue(test.err().contains("WHISKER_SPARK=1 ./whisker sweep run"), test.err());
    assertEquals(1, test.err().lines().count(), test.err());
    assertFalse(Files.exists(sweep.resolve("results")));
  }

  @Test
  void wrongUsageIsSaidInOneLine() throws IOException {
    Path sweep = planned(SPEC);
    assertEquals(1, sweep("work", home.toString()));
    assertTrue(test.err().contains("has no manifest.json"), test.err());
    assertEquals(2, sweep("work", sweep.toString(), "--shard=3/2"));
    assertEquals(2, sweep("work", sweep.toString(), "--shard=x"));
    assertEquals(2, test.run(SweepCommand::new, "sweep"));
    assertNotEquals("", test.err());
  }
}
