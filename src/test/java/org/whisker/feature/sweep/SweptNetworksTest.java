package org.whisker.feature.sweep;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelStore;
import org.whisker.cli.Folders;
import org.whisker.cli.TinyModels;
import org.whisker.command.TestEnvironment;
import org.whisker.feature.sweep.SweepFolder.Share;
import org.whisker.feature.train.TrainCommand;
import org.whisker.io.Csv;
import org.whisker.io.Csv.CsvRow;

/** Networks that are trained by workers of a sweep. */
class SweptNetworksTest {
  private static final Map<String, String> ONE_THREAD = Map.of("OMP_NUM_THREADS", "1");

  private static final String SPEC =
      """
      seeds: {first: 3, count: 2}
      tasks:
        - command: train
          options:
            arch: vgg16
            size: 32
            batch: 4
            head-width: 8
            pooled-size: 1
            epochs: EPOCHS
            averaging: 0.5
            padding: [zero, reflect]
            data: PHOTOS
      """;

  @TempDir Path home;
  private TestEnvironment test = new TestEnvironment(Path.of(""));

  @BeforeEach
  void photos() throws IOException {
    test = new TestEnvironment(home);
    for (String split : List.of("train", "val", "test")) {
      TinyModels.photos(home.resolve("photos").resolve(split), 8);
    }
  }

  private int sweep(String... args) {
    List<String> all = new ArrayList<>(List.of("sweep"));
    all.addAll(List.of(args));
    all.add("--quiet");
    return test.run(SweepCommand::new, all.toArray(String[]::new));
  }

  private Path spec(int epochs) throws IOException {
    return Files.writeString(
        home.resolve("spec.yaml"),
        SPEC.replace("PHOTOS", home.resolve("photos").toString()).replace("EPOCHS", "" + epochs));
  }

  private Path planned(int epochs) throws IOException {
    Path out = home.resolve("sweep");
    assertEquals(0, sweep("plan", spec(epochs).toString(), "--out=" + out), test.err());
    return out;
  }

  private static List<SweepTask> tasks(Path sweep) throws IOException {
    List<SweepTask> tasks = new ArrayList<>();
    new SweepFolder(sweep).scan(new Share(1, 1), tasks::add);
    return tasks;
  }

  private static Map<Path, String> tables(Path folder) throws IOException {
    Map<Path, String> tables = new TreeMap<>();
    for (Path file : Folders.files(folder)) {
      if (file.toString().endsWith(".csv") || file.toString().endsWith(".html")) {
        tables.put(file, Files.readString(folder.resolve(file)));
      }
    }
    return tables;
  }

  @Test
  void networksAreThoseOfTrain() throws IOException {
    Path sweep = planned(2);
    assertEquals(0, sweep("work", sweep.toString(), "--shard=1/2"), test.err());
    assertEquals(0, sweep("work", sweep.toString(), "--shard=2/2"), test.err());
    assertEquals(0, sweep("status", sweep.toString()), test.err());
    assertTrue(test.out().contains("4 of 4 tasks done, 0 failed, 0 left"), test.out());
    assertEquals(0, sweep("collect", sweep.toString()), test.err());
    List<CsvRow> rows = Csv.rows(sweep.resolve("collected/networks.csv"));
    assertEquals(4, rows.size());
    ModelStore store = new ModelStore(sweep.resolve("networks"));
    Set<String> hashes = new HashSet<>();
    for (int i = 0; i < rows.size(); i++) {
      CsvRow row = rows.get(i);
      assertEquals(3 + i % 2, row.integer("seed"));
      ModelCard card = store.open(row.text("network")).card();
      assertEquals(card.weights().sha256(), row.text("sha256"));
      assertEquals(
          card.paddingLabel(), row.text("options").replaceAll(".* padding=(\\w+).*", "$1"));
      hashes.add(row.text("sha256"));
    }
    assertEquals(4, hashes.size());
    assertEquals(trained(), rows.get(3).text("sha256"));
    Set<String> networks = new TreeSet<>();
    for (CsvRow row : rows) {
      networks.add(row.text("network"));
    }
    assertEquals(networks, Folders.names(sweep.resolve("networks")));
    String page = Files.readString(sweep.resolve("collected/index.html"));
    assertTrue(page.contains("4 networks are trained; no task is left"), page);
    assertTrue(page.contains(rows.get(0).text("network")), page);
  }

  /** The hash of what {@code train} makes of reflect padding and seed 4. */
  private String trained() throws IOException {
    String[] args = {
      "train",
      "--arch=vgg16",
      "--size=32",
      "--batch=4",
      "--head-width=8",
      "--pooled-size=1",
      "--epochs=2",
      "--averaging=0.5",
      "--padding=reflect",
      "--seed=4",
      "--device=cpu",
      "--precision=float32",
      "--quiet",
      "--data=" + home.resolve("photos"),
      "--out=" + home.resolve("models/own")
    };
    assertEquals(0, test.run(TrainCommand::new, args), test.err());
    return new ModelStore(home.resolve("models")).card("own").weights().sha256();
  }

  @Test
  void networksAreModelsOfAnotherSweep() throws IOException {
    Path sweep = planned(1);
    assertEquals(0, sweep("work", sweep.toString()), test.err());
    Path next = home.resolve("next.yaml");
    Files.writeString(
        next,
        "{models: ['%s/networks/*'], seeds: {count: 1}, tasks: [{command: evolve, options: {generations: 3}}]}"
            .formatted(sweep));
    assertEquals(0, sweep("plan", next.toString(), "--out=" + home.resolve("n")), test.err());
    Set<String> models = new TreeSet<>();
    tasks(home.resolve("n")).forEach(task -> models.add(task.model()));
    assertEquals(4, models.size());
  }

  @Test
  void aModelIsTrainedOn() throws IOException {
    TinyModels.save(home, "tiny");
    Path spec = home.resolve("on.yaml");
    Files.writeString(
        spec,
        "{seeds: {count: 1}, tasks: [{command: train, options: {init: tiny, batch: 4, epochs: 2, frozen-epochs: 1, data: %s}}]}"
            .formatted(home.resolve("photos")));
    Path out = home.resolve("on");
    assertEquals(0, sweep("plan", spec.toString(), "--out=" + out), test.err());
    Path others = home.resolve("others");
    Folders.copy(out, others);
    assertEquals(0, sweep("work", out.toString()), test.err());
    assertEquals(1, Folders.names(out.resolve("networks")).size());
    TinyModels.save(home, "tiny", 9);
    assertEquals(1, sweep("work", others.toString()));
    assertTrue(test.err().contains("has other weights here"), test.err());
  }

  /**
   * A worker is killed between two epochs, and what it began is ended by another, which does not
   * begin anew.
   */
  @Test
  void whatAKilledWorkerHasBegunIsGoneOnWith() throws Exception {
    Path sweep = home.resolve("sweep");
    SweepProcess.here(home, "plan", spec(8).toString(), "--out=" + sweep);
    Path alone = home.resolve("alone");
    Folders.copy(sweep, alone);
    SweepProcess.run(home, ONE_THREAD, "work", alone.toString());

    Process victim = SweepProcess.start(home, ONE_THREAD, "work", sweep.toString());
    while (victim.isAlive() && checkpoints(sweep) == 0) {
      Thread.sleep(5);
    }
    victim.destroyForcibly().waitFor();
    assertEquals(1, checkpoints(sweep), "it was killed too late");
    assertEquals(Set.of(), new SweepFolder(sweep).keys(SweepFolder.RESULTS));
    SweepProcess.run(home, ONE_THREAD, "work", sweep.toString());
    for (Path folder : List.of(alone, sweep)) {
      SweepProcess.here(home, "collect", folder.toString());
    }
    assertEquals(tables(alone.resolve("collected")), tables(sweep.resolve("collected")));
    for (String network : Folders.names(alone.resolve("networks"))) {
      for (String file : Folders.names(alone.resolve("networks").resolve(network))) {
        if (file.startsWith("weights")) {
          Path same = Path.of("networks", network, file);
          assertArrayEquals(
              Files.readAllBytes(alone.resolve(same)), Files.readAllBytes(sweep.resolve(same)));
        }
      }
    }
    assertEquals(
        Folders.names(alone.resolve("networks")), Folders.names(sweep.resolve("networks")));
  }

  private static int checkpoints(Path sweep) throws IOException {
    int count = 0;
    try {
      for (Path file : Folders.files(sweep.resolve("networks"))) {
        count += file.endsWith("checkpoint.safetensors") ? 1 : 0;
      }
    } catch (IOException | UncheckedIOException e) {
      // not there, or being written
    }
    return count;
  }

  @Test
  void otherPhotosAreNotTrainedOn() throws IOException {
    Path sweep = planned(1);
    TinyModels.photos(home.resolve("photos/train"), 9);
    assertEquals(1, sweep("work", sweep.toString()));
    assertTrue(test.err().contains("has other photos here"), test.err());
    assertFalse(Files.exists(sweep.resolve("networks")));
    assertFalse(Files.exists(sweep.resolve("results")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{tasks: [{command: train, models: [tiny], options: {arch: vgg16}}]}|have no models",
        "{tasks: [{command: train, options: {arch: vgg16, out: x}}]}|option 'out'",
        "{tasks: [{command: train, options: {arch: vgg16, teacher: x, data: y}}]}|option 'teacher'",
        "{tasks: [{command: train, options: {arch: vgg17, data: y}}]}|vgg17",
        "{tasks: [{command: train, options: {arch: vgg16, data: /nowhere}}]}|no folder train",
        "{tasks: [{command: train, options: {arch: vgg16}}]}|--data",
        "{tasks: [{command: train, options: {arch: vgg16, data: y}, experiments: [padding]}]}"
            + "|have no experiments",
        "{models: [tiny], tasks: [{command: ablate, experiments: [founders], options: {data: y}}]}"
            + "|option 'data'"
      })
  void aTrainingThatCannotBeIsRefused(String text, String why) throws IOException {
    TinyModels.save(home, "tiny");
    Path spec = Files.writeString(home.resolve("bad.yaml"), text);
    assertEquals(2, sweep("plan", spec.toString(), "--dry-run"), test.err());
    assertTrue(test.err().contains(why), test.err());
    assertEquals(1, test.err().lines().count(), test.err());
  }
}
