package org.whisker.feature.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.classifier.Sha256;
import org.whisker.cli.Folders;
import org.whisker.cli.TinyModels;
import org.whisker.random.SplitMix64;

/**
 * Two workers at a time, each killed at a random moment by SIGKILL, and begun again; in the end the
 * collected tables are those of one process alone, byte for byte. {@code -Dwhisker.kills=50} kills
 * more often.
 */
class KilledWorkersTest {
  private static final int KILLS = Integer.getInteger("whisker.kills", 3);

  /** What a worker is given to do after it was seen to have done something, at most. */
  private static final long MOST_MILLIS = 1_500;

  /** Four runs of three arms and of two searches, and four networks. */
  private static final int TASKS = 24;

  /** Threads that spin would take the time from the other workers. */
  private static final Map<String, String> VARIABLES = Map.of("OMP_NUM_THREADS", "1");

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
        - command: train
          options: {arch: vgg16, size: 32, batch: 4, head-width: 8, pooled-size: 1, epochs: 5, data: PHOTOS}
      """;

  @TempDir Path home;

  private Path planned(String name) throws Exception {
    for (String split : List.of("train", "val", "test")) {
      TinyModels.photos(home.resolve("photos").resolve(split), 4);
    }
    String text = SPEC.replace("PHOTOS", home.resolve("photos").toString());
    Path spec = Files.writeString(home.resolve("spec.yaml"), text);
    Path sweep = home.resolve(name);
    sweep("plan", spec.toString(), "--out=" + sweep);
    return sweep;
  }

  private void sweep(String... args) {
    SweepProcess.here(home, args);
  }

  private Process worker(Path sweep) throws IOException {
    return SweepProcess.start(home, VARIABLES, "work", sweep.toString(), "--patience=3");
  }

  private Map<Path, String> collected(Path sweep) throws Exception {
    sweep("collect", sweep.toString());
    Map<Path, String> tables = new TreeMap<>();
    for (Path file : Folders.files(sweep.resolve("collected"))) {
      if (file.toString().endsWith(".csv")) {
        tables.put(file, Files.readString(sweep.resolve("collected").resolve(file)));
      }
    }
    for (Path file : Folders.files(sweep.resolve("networks"))) {
      if (file.toString().endsWith(".safetensors")) {
        tables.put(file, Sha256.of(sweep.resolve("networks").resolve(file)));
      }
    }
    return tables;
  }

  @Test
  void killedAtRandomMomentsTheyComeToTheSameTables() throws Exception {
    TinyModels.save(home, "tiny");
    Path killed = planned("killed");
    Path alone = home.resolve("alone");
    Folders.copy(killed, alone);
    assertEquals(0, worker(alone).waitFor());
    RandomGenerator random = SplitMix64.stream(KILLS, "kills", 0);
    int midway = 0;
    Process[] workers = {worker(killed), worker(killed)};
    for (int kill = 0; kill < KILLS; kill++) {
      Process victim = workers[kill % workers.length];
      awaitMore(killed, victim);
      if (!victim.waitFor(random.nextLong(MOST_MILLIS), TimeUnit.MILLISECONDS)) {
        midway++;
      }
      victim.destroyForcibly().waitFor();
      workers[kill % workers.length] = worker(killed);
      if (new SweepFolder(killed).succeeded().size() == TASKS && kill + 1 < KILLS) {
        forgetSome(killed);
      }
    }
    for (Process worker : workers) {
      assertEquals(0, worker.waitFor());
    }
    assertEquals(0, worker(killed).waitFor()); // of two, the last to be killed may have left some
    assertTrue(midway > 0, "no worker was killed while it worked");
    Map<Path, String> tables = collected(alone);
    assertTrue(tables.size() > 8, "" + tables.keySet());
    assertEquals(tables, collected(killed));
    assertEquals(TASKS, new SweepFolder(killed).succeeded().size());
    assertEquals(0, SweepFolder.names(killed.resolve("conflicts")).size());
  }

  /** Waits until one more task is done, so that no worker is killed before it works. */
  private static void awaitMore(Path sweep, Process worker) throws Exception {
    int before = new SweepFolder(sweep).succeeded().size();
    while (worker.isAlive() && new SweepFolder(sweep).succeeded().size() == before) {
      Thread.sleep(20);
    }
  }

  /** So that there is work for as many kills as were asked for. */
  private static void forgetSome(Path sweep) throws IOException {
    for (Path file : Folders.files(sweep.resolve("results"))) {
      if (SplitMix64.fnv1a(file.toString()) % 2 == 0) {
        Files.delete(sweep.resolve("results").resolve(file));
        String name = file.getFileName().toString();
        Path network = sweep.resolve("networks/vgg16-" + name.substring(0, 12));
        for (Path each : Files.exists(network) ? Folders.files(network) : Set.<Path>of()) {
          Files.delete(network.resolve(each));
        }
      }
    }
  }
}
