package org.whisker.feature.ablate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.ablation.AblationResult;
import org.whisker.ablation.RunPlan;
import org.whisker.classifier.ModelStore;
import org.whisker.cli.TinyModels;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.feature.ablate.ExperimentRuns.Begun;
import org.whisker.feature.ablate.ExperimentRuns.Until;
import org.whisker.hypothesis.Experiments;
import org.whisker.job.JobContext;
import org.whisker.job.JobContext.StopSignal;
import org.whisker.job.JobContext.WhiskerHome;
import org.whisker.job.JobListener;
import org.whisker.job.Workers;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;
import org.whisker.torch.natives.OperatorThreads;

class WorkersTest {
  @TempDir Path home;

  private StoredAblatedModel model() throws IOException {
    TinyModels.save(home, "tiny");
    return new StoredAblatedModel(
        new ModelStore(home.resolve("models")).open("tiny"),
        TorchClassifier.Settings.cpu(Precision.FLOAT32));
  }

  @Test
  void workIsDealtOutOnce() throws IOException {
    Set<Integer> taken = Collections.synchronizedSet(new TreeSet<>());
    new Workers(3, false).deal(20, () -> false, taken::add);
    assertEquals(IntStream.range(0, 20).boxed().toList(), List.copyOf(taken));
    new Workers(3, false)
        .deal(
            0,
            () -> false,
            number -> {
              throw new IOException("there is none");
            });
    assertThrows(
        CancellationException.class,
        () ->
            new Workers(2, false)
                .deal(
                    4,
                    () -> false,
                    number -> {
                      throw new CancellationException("stopped");
                    }));
  }

  @Test
  void resultsAreInTheOrderOfTheNumbersAndWholeOrNone() throws IOException {
    Workers three = new Workers(3, false);
    assertEquals(List.of(0, 1, 4, 9, 16, 25), three.results(6, () -> false, n -> n * n));
    assertThrows(CancellationException.class, () -> three.results(6, () -> true, n -> n));
  }

  @Test
  void thereIsOneACoreWhereNobodyChoseTheThreadsOfOperators() throws IOException {
    Workers workers = StoredAblatedModel.workers(List.of(model()));
    int cores = Runtime.getRuntime().availableProcessors();
    int room = OperatorThreads.areChosen() ? cores / OperatorThreads.count() : cores;
    assertTrue(workers.count() >= 1 && workers.count() <= Math.max(1, room), workers.toString());
    assertEquals(!OperatorThreads.areChosen(), workers.singleThreaded());
  }

  @Test
  void operatorsHaveOneThreadWhileTheyWork() throws IOException {
    Set<Integer> seen = Collections.synchronizedSet(new TreeSet<>());
    StoredAblatedModel.workers(List.of(model())); // loads the engine
    int before = OperatorThreads.count();
    new Workers(2, true).deal(4, () -> false, number -> seen.add(OperatorThreads.count()));
    assertEquals(Set.of(1), seen);
    assertEquals(before, OperatorThreads.count());
  }

  /** Arms side by side, some of them of several experiments, against one after the other. */
  @Test
  void theTablesDoNotDependOnTheNumberOfWorkers() throws IOException {
    run(Workers.single(), home.resolve("one"));
    run(new Workers(3, false), home.resolve("three"));
    assertTrue(files(home.resolve("one")).size() > 10);
    assertSame(home.resolve("one"), home.resolve("three"));
  }

  /** The time is used up once one experiment is done, or before any has begun. */
  @Test
  void whatIsNotBegunInTimeIsLeftOutAndDoneLater() throws IOException {
    List<String> order = List.of("founders", "geometry", "regions");
    Path some = home.resolve("some");
    Until one =
        new Until(() -> Files.exists(some.resolve("tiny/founders")), order, Set.of("geometry"));
    Begun begun = runs(Workers.single(), some).untrained(() -> false, one);
    assertEquals(Set.of("geometry", "founders"), ids(begun.results()));
    assertEquals(List.of("regions"), late(begun));
    for (int workers = 1; workers <= 2; workers++) {
      Path least = home.resolve("least" + workers);
      Until none = new Until(() -> true, order, Set.of("geometry"));
      Begun always = runs(new Workers(workers, false), least).untrained(() -> false, none);
      assertEquals(Set.of("geometry"), ids(always.results()));
      assertEquals(2, late(always).size());
      run(new Workers(workers, false), least);
      assertTrue(Files.exists(least.resolve("tiny/regions")));
    }
  }

  /** The time is used up while runs of the second experiment are evolved. */
  @Test
  void anExperimentStopsInsideAndGoesOnToTheSameBytes() throws IOException {
    Path whole = home.resolve("whole");
    runs(Workers.single(), whole, 600).run(() -> false);
    List<String> order = List.of("geometry", "founders", "regions");
    for (int workers = 1; workers <= 2; workers++) {
      Path cut = home.resolve("cut" + workers);
      AtomicInteger looks = new AtomicInteger();
      Until inside =
          new Until(
              () -> Files.exists(cut.resolve("tiny/geometry")) && looks.incrementAndGet() > 8,
              order,
              Set.of("geometry"));
      Begun begun = runs(new Workers(workers, false), cut, 600).untrained(() -> false, inside);
      assertEquals(Set.of("geometry"), ids(begun.results()));
      assertEquals(List.of("founders", "regions"), late(begun).stream().sorted().toList());
      assertTrue(kept(cut) < kept(whole), kept(cut) + " of " + kept(whole));
      runs(new Workers(workers, false), cut, 600).run(() -> false);
      assertSame(whole, cut);
    }
  }

  private static int kept(Path folder) throws IOException {
    Path runs = folder.resolve("runs");
    return Files.exists(runs) ? files(runs).size() : 0;
  }

  private static void assertSame(Path one, Path other) throws IOException {
    List<Path> files = files(one);
    assertEquals(files, files(other));
    for (Path file : files) {
      assertArrayEquals(
          Files.readAllBytes(one.resolve(file)),
          Files.readAllBytes(other.resolve(file)),
          file.toString());
    }
  }

  private static List<String> late(Begun begun) {
    return begun.late().stream().map(task -> task.ablation().id()).toList();
  }

  private static Set<String> ids(List<AblationResult> results) {
    return results.stream().map(result -> result.ablation().id()).collect(Collectors.toSet());
  }

  private void run(Workers workers, Path folder) throws IOException {
    runs(workers, folder).run(() -> false);
  }

  private ExperimentRuns runs(Workers workers, Path folder) throws IOException {
    return runs(workers, folder, 60);
  }

  private ExperimentRuns runs(Workers workers, Path folder, int images) throws IOException {
    AblateJob job =
        AblateJob.of(
            Experiments.all().stream()
                .filter(a -> Set.of("geometry", "founders", "regions").contains(a.id()))
                .toList(),
            List.of(model()),
            m -> AblateJob.setting(m, EvolutionOptions.quick(), images, OptionalInt.empty(), 1),
            new RunPlan(2, 1, 0.5, 100),
            true);
    JobContext context =
        new JobContext(
            new WhiskerHome(home), Clock.systemUTC(), JobListener.silent(), StopSignal.never());
    ArmRunFiles store = new ArmRunFiles(folder.resolve("runs"));
    return new ExperimentRuns(context, folder, job, store, folder, workers);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).map(folder::relativize).sorted().toList();
    }
  }
}
