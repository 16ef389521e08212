package org.whisker.feature.evolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.whisker.ablation.ArmEvolution.ArmLoad;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.cli.TinyModels;
import org.whisker.evolution.LogitSource;
import org.whisker.feature.evolve.EvolveConfig.Experiment;
import org.whisker.feature.evolve.EvolveRunner.RunListener;
import org.whisker.feature.evolve.SearchClassifiers.RunScores;
import org.whisker.feature.evolve.SearchClassifiers.SearchWorkers;
import org.whisker.feature.evolve.SingleRun.RunTiming;
import org.whisker.job.ScoringConfig;
import org.whisker.job.ScoringConfig.SearchScoring;
import org.whisker.job.Workers;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier.Settings;
import org.whisker.torch.TorchDevice;
import org.whisker.torch.natives.OperatorThreads;

/** Runs dealt out over stub devices leave the bytes that one device leaves. */
class SeveralDevicesTest {
  private static final EvolvePlan PLAN = StubExperiment.plan(5, 8);
  private static final RunTiming TIMING = new RunTiming(3, 30, () -> 0);

  @TempDir Path home = Path.of("");

  private static List<SingleRun> workers(List<LogitSource> devices, BooleanSupplier stopped) {
    List<SingleRun> workers = new ArrayList<>();
    for (LogitSource device : devices) {
      workers.add(
          new SingleRun(
              PLAN,
              StubExperiment.CANVAS,
              RunScores.of(device),
              RunListener.silent(),
              TIMING,
              stopped));
    }
    return workers;
  }

  private static EvolveRunner go(Path folder, List<LogitSource> devices, BooleanSupplier stopped)
      throws IOException {
    EvolveRunner runner = new EvolveRunner(folder, PLAN);
    runner.run(workers(devices, stopped), RunListener.silent(), stopped);
    return runner;
  }

  /** A device that notes its threads; its first batch waits for the other devices to begin. */
  private static LogitSource device(CountDownLatch begun, Set<Thread> threads) {
    return images -> {
      if (threads.add(Thread.currentThread())) {
        begun.countDown();
        try {
          assertTrue(begun.await(5, TimeUnit.MINUTES), "the devices did not work at once");
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
      return StubExperiment.logits(images);
    };
  }

  @Test
  void theFilesDoNotDependOnHowManyDevices() throws IOException {
    Path one = Files.createDirectory(home.resolve("one"));
    assertEquals("done", go(one, List.of(StubExperiment::logits), () -> false).status());
    Path three = Files.createDirectory(home.resolve("three"));
    CountDownLatch begun = new CountDownLatch(3);
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    LogitSource device = device(begun, threads);
    EvolveRunner runner = go(three, List.of(device, device, device), () -> false);
    assertEquals("done", runner.status());
    assertEquals(3, threads.size());
    ResumeTest.assertSame(one, three);
  }

  @Test
  void stoppedOnSeveralItGoesOnOnOne() throws IOException {
    Path whole = Files.createDirectory(home.resolve("whole"));
    go(whole, List.of(StubExperiment::logits), () -> false);
    Path cut = Files.createDirectory(home.resolve("cut"));
    LogitSource device = StubExperiment::logits;
    BooleanSupplier soon = ResumeTest.afterGenerations(12);
    assertEquals("stopped", go(cut, List.of(device, device), soon).status());
    assertEquals("done", go(cut, List.of(device), () -> false).status());
    ResumeTest.assertSame(whole, cut);
  }

  @Test
  void networksOnThreadsOfTheirOwnScoreAsOneDoes() throws IOException {
    TinyModels.save(home, "tiny");
    Path one = search(List.of());
    Path three = search(List.of(TorchDevice.cpu(), TorchDevice.cpu()));
    for (int run = 1; run <= PLAN.runs(); run++) {
      Path best = Path.of("runs", Integer.toString(run), "best.csv");
      assertEquals(
          Files.readString(one.resolve(best)), Files.readString(three.resolve(best)), "" + run);
    }
  }

  private Path search(List<TorchDevice> others) throws IOException {
    SearchScoring scoring =
        new SearchScoring(Settings.cpu(Precision.FLOAT32), Optional.empty(), others);
    return search("on" + others.size(), scoring, Workers.single(), 1 + others.size());
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "BFLOAT16"})
  void batchesAreSharedOutAndRunsAskTogether(Precision precision) throws IOException {
    TinyModels.save(home, "tiny");
    SearchScoring scoring = new SearchScoring(Settings.cpu(precision), Optional.empty(), List.of());
    int lanes = ArmLoad.together(PLAN.options(), scoring.settings().batch());
    assertTrue(lanes > 1, "" + lanes);
    Path one = search("alone", scoring, new Workers(1, true), Math.min(lanes, PLAN.runs()));
    Path three = search("shared", scoring, new Workers(3, true), Math.min(lanes, PLAN.runs()));
    ResumeTest.assertSame(one, three);
    // each run by itself, as it would be gone on with
    Path alone = Files.createDirectory(home.resolve("one-by-one"));
    Experiment experiment = experiment(scoring, new Workers(2, true));
    EvolveRunner runner = new EvolveRunner(alone, PLAN);
    for (int run = 0; run < PLAN.runs(); run++) {
      try (SearchWorkers workers = SearchWorkers.open(experiment, 1, told())) {
        runner.run(workers.runs(), workers.listener(), () -> false);
      }
    }
    ResumeTest.assertSame(one, alone);
  }

  private static SearchWorkers.RunTerms told() {
    return new SearchWorkers.RunTerms(
        (plan, left, together) -> RunListener::silent, TIMING, () -> false);
  }

  private Experiment experiment(SearchScoring scoring, Workers workers) throws IOException {
    StoredModel tiny = new ModelStore(home.resolve("models")).open("tiny");
    EvolveConfig config =
        new EvolveConfig("tiny", Optional.of("quick"), PLAN, ScoringConfig.auto());
    return new Experiment(config, tiny, scoring, workers);
  }

  private Path search(String name, SearchScoring scoring, Workers workers, int atATime)
      throws IOException {
    Path folder = Files.createDirectory(home.resolve(name));
    EvolveRunner runner = new EvolveRunner(folder, PLAN);
    OperatorThreads.Scope threads = workers.threads();
    try (threads;
        SearchWorkers opened =
            SearchWorkers.open(experiment(scoring, workers), PLAN.runs(), told())) {
      assertEquals(atATime, opened.runs().size());
      runner.run(opened.runs(), opened.listener(), () -> false);
    }
    assertEquals("done", runner.status());
    return folder;
  }
}
