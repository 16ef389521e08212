package org.whisker.feature.evolve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.evolution.LogitSource;
import org.whisker.evolution.result.RunSummary;
import org.whisker.feature.evolve.EvolvePlan.EvolveExtras;
import org.whisker.io.FolderLock;
import org.whisker.random.SplitMix64;

/** However an experiment is cut short, it ends with the bytes it would have had. */
class ResumeTest {
  private static final int EVERY_3 = 3;
  private static final EvolvePlan PLAN = StubExperiment.plan(2, 8);

  @TempDir Path home = Path.of("");
  private Path whole = Path.of("");

  @BeforeEach
  void aWholeOne() throws IOException {
    whole = Files.createDirectory(home.resolve("whole"));
    assertEquals("", go(whole, () -> false));
  }

  private static String go(Path folder, BooleanSupplier stopped) throws IOException {
    String said =
        StubExperiment.go(folder, PLAN, StubExperiment::logits, stopped, () -> 0, EVERY_3);
    return said.replaceAll("run ./2 8?[0-9]/8 .*\n", "");
  }

  static Set<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return new TreeSet<>(
          all.filter(Files::isRegularFile)
              .map(folder::relativize)
              .filter(file -> !file.endsWith(".lock"))
              .toList());
    }
  }

  static void assertSame(Path expected, Path actual) throws IOException {
    assertEquals(files(expected), files(actual));
    for (Path file : files(expected)) {
      assertArrayEquals(
          Files.readAllBytes(expected.resolve(file)),
          Files.readAllBytes(actual.resolve(file)),
          actual.resolve(file).toString());
    }
  }

  static void copy(Path from, Path to) throws IOException {
    for (Path file : files(from)) {
      Path target = to.resolve(file);
      Files.createDirectories(Path.of(target.toFile().getParent()));
      Files.copy(from.resolve(file), target);
    }
  }

  static BooleanSupplier afterGenerations(int n) {
    AtomicLong asked = new AtomicLong();
    return () -> asked.incrementAndGet() > n;
  }

  @Test
  void writesWhatARunIs() throws IOException {
    List<String> names = files(whole).stream().map(Path::toString).toList();
    List<String> expected = new ArrayList<>();
    for (int run = 1; run <= 2; run++) {
      for (String name :
          List.of(
              "best-history.csv",
              "best.csv",
              "best.gif",
              "best.png",
              "filmstrip.png",
              "filmstrip.svg",
              "finished.json",
              "generations.csv")) {
        expected.add("runs" + File.separator + run + File.separator + name);
      }
    }
    expected.add("summary.csv");
    assertEquals(expected, names);
    assertTrue(Files.readString(whole.resolve("runs/1/best.csv")).startsWith("x,y,delta_logit\n"));
  }

  /** Stopped again and again, so that every generation is once the last before a pause. */
  @Test
  void stoppedAfterEveryGeneration() throws IOException {
    Path folder = Files.createDirectory(home.resolve("stopped"));
    int times = 0;
    EvolveRunner runner = new EvolveRunner(folder, PLAN);
    while (runner.isPending()) {
      go(folder, afterGenerations(2)); // asked once before the run, once before a generation
      runner = new EvolveRunner(folder, PLAN);
      times++;
    }
    assertTrue(times >= 2 * 8, times + " times");
    assertEquals("done", runner.status());
    assertSame(whole, folder);
  }

  /** As a crash leaves it: rows after the last checkpoint, half a row, a file half written. */
  @Test
  void crashedAfterEveryGeneration() throws IOException {
    Path folder = Files.createDirectory(home.resolve("crashing"));
    List<Path> crashes = new ArrayList<>();
    go(
        folder,
        () -> {
          try {
            Path crash = home.resolve("crash" + crashes.size());
            copy(folder, Files.createDirectory(crash));
            crashes.add(crash);
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
          return false;
        });
    assertTrue(crashes.size() >= 2 * 8, crashes.size() + " crashes");
    SplitMix64 random = new SplitMix64(1);
    for (Path crash : crashes) {
      litter(crash, random);
      assertEquals("", go(crash, () -> false), crash.toString());
      assertSame(whole, crash);
    }
  }

  static void litter(Path folder, SplitMix64 random) throws IOException {
    for (Path file : files(folder)) {
      byte[] garbage = new byte[random.nextInt(60)];
      random.nextBytes(garbage);
      if (file.toString().endsWith(".partial")) {
        Files.write(folder.resolve(file), garbage, StandardOpenOption.APPEND);
        Path half = folder.resolve(file).resolveSibling(".checkpoint.bin.123-1.partial");
        Files.write(half, garbage);
      }
    }
  }

  /** Between the last generation and the row in the summary. */
  @Test
  void crashedWhenAllButTheSummaryWasWritten() throws IOException {
    Path early = Files.createDirectory(home.resolve("early"));
    go(early, afterGenerations(6));
    Path crash = Files.createDirectory(home.resolve("crash"));
    copy(whole, crash);
    Files.delete(crash.resolve("summary.csv"));
    Files.copy(early.resolve("runs/1/checkpoint.bin"), crash.resolve("runs/1/checkpoint.bin"));
    assertEquals("", go(crash, () -> false));
    assertSame(whole, crash);
  }

  @Test
  void withoutACheckpointTheRunStartsOver() throws IOException {
    Path folder = Files.createDirectory(home.resolve("damaged"));
    go(folder, afterGenerations(7));
    Path checkpoint = folder.resolve("runs/1/checkpoint.bin");
    byte[] bytes = Files.readAllBytes(checkpoint);
    bytes[bytes.length / 2] ^= 1;
    Files.write(checkpoint, bytes);
    String said = go(folder, () -> false);
    assertEquals(1, said.lines().count(), said);
    assertTrue(said.contains(checkpoint + " is damaged (its checksum is wrong)"), said);
    assertTrue(said.endsWith("starting over\n"), said);
    assertSame(whole, folder);
  }

  @Test
  void rowsThatWereLostMakeACheckpointUseless() throws IOException {
    Path folder = Files.createDirectory(home.resolve("lost"));
    go(folder, afterGenerations(7));
    Path rows = folder.resolve("runs/1/generations.csv.partial");
    Files.writeString(rows, "generation\n");
    String said = go(folder, () -> false);
    assertTrue(said.contains("generations.csv.partial has 11 bytes left"), said);
    assertSame(whole, folder);
  }

  /** Truncated, emptied, deleted, changed in one bit, or another run's. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "best.csv",
        "best.png",
        "generations.csv",
        "best-history.csv",
        "finished.json",
        "."
      })
  void aFinishedRunThatWasChangedIsDoneAgain(String name) throws IOException {
    List<Damage> damages =
        name.equals(".")
            ? List.of(Damage.SWAPPED, Damage.DELETED)
            : List.of(Damage.TRUNCATED, Damage.EMPTIED, Damage.FLIPPED, Damage.DELETED);
    for (Damage damage : damages) {
      Path folder = Files.createDirectory(home.resolve("changed-" + damage));
      copy(whole, folder);
      damage.to(folder.resolve("runs/2").resolve(name).normalize());
      String said = go(folder, () -> false);
      assertTrue(said.contains("; doing run 2 again"), name + " " + damage + ": " + said);
      assertTrue(said.contains("runs" + File.separator + "2"), said);
      assertSame(whole, folder);
      assertEquals("", go(folder, () -> false));
    }
  }

  private enum Damage {
    TRUNCATED,
    EMPTIED,
    FLIPPED,
    DELETED,
    SWAPPED;

    void to(Path path) throws IOException {
      switch (this) {
        case TRUNCATED -> Files.write(path, Arrays.copyOf(Files.readAllBytes(path), 20));
        case EMPTIED -> Files.write(path, new byte[0]);
        case FLIPPED -> flip(path);
        case DELETED -> {
          for (Path file : Files.isDirectory(path) ? files(path) : Set.of(Path.of(""))) {
            Files.delete(path.resolve(file));
          }
        }
        case SWAPPED -> {
          Path other = path.resolveSibling("1");
          Path aside = path.resolveSibling("aside");
          Files.move(path, aside);
          Files.move(other, path);
          Files.move(aside, other);
        }
      }
    }
  }

  static void flip(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 3] ^= 1;
    Files.write(file, bytes);
  }

  @Test
  void aRowOfTheSummaryThatWasChangedIsNoticed() throws IOException {
    Path summary = whole.resolve("summary.csv");
    String before = Files.readString(summary);
    Files.writeString(summary, before.replaceFirst("\\n2,2,", "\n2,3,"));
    String said = go(whole, () -> false);
    assertTrue(said.contains("; doing run 2 again"), said);
    assertEquals(before, Files.readString(summary));
    Files.writeString(summary, "");
    assertTrue(
        String.valueOf(assertThrows(IOException.class, () -> go(whole, () -> false)).getMessage())
            .startsWith(summary + " is empty"));
  }

  /** A digit that changed in a growing table is not gone on from. */
  @Test
  void aRowThatWasChangedBeforeTheCheckpointIsWrittenAgain() throws IOException {
    Path folder = Files.createDirectory(home.resolve("flipped"));
    go(folder, afterGenerations(7));
    Path rows = folder.resolve("runs/1/generations.csv.partial");
    String text = Files.readString(rows);
    int digit = text.indexOf("\n1,") + 1; // of the first generation
    Files.writeString(rows, text.substring(0, digit) + "7" + text.substring(digit + 1));
    String said = go(folder, () -> false);
    assertTrue(said.contains(rows + " is not as it was written"), said);
    assertSame(whole, folder);
  }

  @Test
  void finishedRunsAreNotDoneAgain() throws IOException {
    Path before = Files.createDirectory(home.resolve("before"));
    copy(whole, before);
    // ended before it could remove them
    Files.write(whole.resolve("runs/2/checkpoint.bin"), new byte[3]);
    Files.write(whole.resolve(".manifest.json.7-1.partial"), new byte[3]);
    LogitSource none =
        images -> {
          throw new AssertionError("asked for " + images.size());
        };
    assertEquals("", StubExperiment.go(whole, PLAN, none, () -> false, () -> 0));
    assertFalse(new EvolveRunner(whole, PLAN).isPending());
    assertSame(before, whole);
  }

  @Test
  void aRunThatFailsIsRecordedAndTriedAgain() throws IOException {
    Path folder = Files.createDirectory(home.resolve("failed"));
    AtomicLong calls = new AtomicLong();
    LogitSource failing =
        images -> {
          float[] logits = StubExperiment.logits(images);
          logits[0] = calls.incrementAndGet() == 6 ? Float.NaN : logits[0];
          return logits;
        };
    String said = StubExperiment.go(folder, PLAN, failing, () -> false, () -> 0, EVERY_3);
    assertTrue(said.contains("whisker: run 1 failed: "), said);
    List<RunSummary> runs = RunSummary.TABLE.read(folder.resolve("summary.csv"));
    assertEquals(List.of("failed", "generations"), runs.stream().map(RunSummary::ending).toList());
    assertTrue(runs.get(0).message().contains("NaN"), runs.get(0).message());
    assertEquals("failed", new EvolveRunner(folder, PLAN).status());
    assertEquals("", go(folder, () -> false));
    assertSame(whole, folder);
  }

  @Test
  void timeEndsARunAndGoesOnCountingWhenItIsResumed() throws IOException {
    AtomicLong clock = new AtomicLong();
    Path folder = Files.createDirectory(home.resolve("time"));
    EvolvePlan plan =
        new EvolvePlan(
            PLAN.options(), 1, 1, Optional.of(Duration.ofSeconds(6)), EvolveExtras.none());
    LogitSource slow =
        images -> {
          clock.addAndGet(1_000_000_000);
          return StubExperiment.logits(images);
        };
    StubExperiment.go(folder, plan, slow, afterGenerations(4), clock::get, EVERY_3);
    assertEquals("stopped", RunSummary.TABLE.read(folder.resolve("summary.csv")).get(0).ending());
    StubExperiment.go(folder, plan, slow, () -> false, clock::get, EVERY_3);
    RunSummary run = RunSummary.TABLE.read(folder.resolve("summary.csv")).get(0);
    assertEquals("time", run.ending());
    assertEquals(5, run.result() == null ? -1 : run.result().generations());
  }

  /** Another process, ended by the system at moments that nobody chose. */
  @ParameterizedTest
  @ValueSource(longs = {3})
  void killedAtRandomMoments(long seed) throws IOException, InterruptedException {
    Path reference = Files.createDirectory(home.resolve("reference"));
    StubExperiment.go(
        reference, StubExperiment.plan(2, 400), StubExperiment::logits, () -> false, () -> 0);
    Path folder = home.resolve("killed");
    SplitMix64 random = new SplitMix64(seed);
    int kills = 0;
    for (int i = 0; i < 5; i++) {
      Process process = start(folder);
      if (process.waitFor(300 + random.nextInt(900), TimeUnit.MILLISECONDS)) {
        break;
      }
      process.destroyForcibly().waitFor();
      kills++;
    }
    assertTrue(kills > 0, "it was done before it could be killed");
    assertEquals(0, start(folder).waitFor(), Files.readString(home.resolve("log.txt")));
    assertSame(reference, folder);
  }

  private Process start(Path folder) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Djava.awt.headless=true",
            "-cp",
            System.getProperty("java.class.path"),
            StubExperiment.class.getName(),
            folder.toString(),
            "2",
            "400",
            "10")
        .redirectErrorStream(true)
        .redirectOutput(home.resolve("log.txt").toFile())
        .start();
  }

  @Test
  void aFolderIsOneProcessesOwn() throws IOException {
    Path folder = Files.createDirectory(home.resolve("held"));
    int held =
        FolderLock.holding(
            folder,
            () -> {
              try {
                FolderLock.holding(folder, () -> 0);
                return 1;
              } catch (IOException e) {
                assertTrue(
                    String.valueOf(e.getMessage())
                        .startsWith(folder + " is being written by another whisker"),
                    e.getMessage());
                return 2;
              }
            });
    assertEquals(2, held);
    assertEquals(3, FolderLock.holding(folder, () -> 3));
  }

  @Test
  void aFolderIsKeptFromAnotherProcess() throws IOException {
    Path folder = Files.createDirectory(home.resolve("held"));
    FolderLock.holding(
        folder,
        () -> {
          try {
            assertEquals(1, start(folder).waitFor());
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
          return 0;
        });
    String log = new String(Files.readAllBytes(home.resolve("log.txt")), StandardCharsets.UTF_8);
    assertTrue(log.contains(folder + " is being written by another whisker"), log);
    assertEquals(Set.of(), files(folder));
  }
}
