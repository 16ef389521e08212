package org.whisker.feature.evolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.evolution.Annealing;
import org.whisker.evolution.BruSLeAttack;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.Greedy;
import org.whisker.evolution.LogitSource;
import org.whisker.evolution.MapElites;
import org.whisker.evolution.Objective;
import org.whisker.evolution.Objective.TargetClass;
import org.whisker.evolution.RandomSearch;
import org.whisker.evolution.SparseRs;
import org.whisker.evolution.StopRules;
import org.whisker.feature.evolve.EvolvePlan.EvolveExtras;
import org.whisker.image.Tones;
import org.whisker.random.SplitMix64;

/** Baselines and minimized images end with the bytes they would have had, too. */
class ResumeEverySearchTest {
  @TempDir Path home = Path.of("");

  private static EvolvePlan plan(String name) {
    EvolutionOptions o = StubExperiment.plan(1, 8).options();
    EvolutionOptions search =
        switch (name) {
          case "annealing" -> o.withMethod(new Annealing(4, o.genetic().mutation(), 0.1, 0.01, 8));
          case "sparse-rs" -> o.withMethod(new SparseRs(4, 12, 0.3, 8));
          case "brusle" -> o.withMethod(new BruSLeAttack(4, 12, 0.3));
          case "map-elites" -> o.withMethod(new MapElites(6, o.genetic().mutation(), 4));
          case "greedy" -> o.withMethod(new Greedy(90, 2));
          case "random" -> o.withMethod(new RandomSearch(10, 60));
          case "budget" ->
              o.withMethod(new SparseRs(4, 12, 0.3, 8))
                  .withStop(StopRules.after(30).withEvaluations(30));
          default -> o;
        };
    // a white image is a cat with 0.018, and not with 0.982; most pixels speak against the cat
    boolean cats = List.of("genetic", "greedy").contains(name);
    EvolutionOptions wanted =
        cats
            ? search
            : search
                .withTones(new Tones(0, 1))
                .withObjective(Objective.withLambda(0).withTarget(TargetClass.NOT_CAT));
    EvolveExtras extras = new EvolveExtras(OptionalDouble.of(cats ? 0.019 : 0.983), 400);
    return new EvolvePlan(wanted, 1, 2, Optional.empty(), extras);
  }

  private static void go(Path folder, EvolvePlan plan, BooleanSupplier stopped) throws IOException {
    LogitSource source = StubExperiment::logits;
    StubExperiment.go(folder, plan, source, stopped, () -> 0, 3);
  }

  private Path whole(EvolvePlan plan) throws IOException {
    Path whole = Files.createDirectory(home.resolve("whole"));
    go(whole, plan, () -> false);
    assertEquals("done", new EvolveRunner(whole, plan).status());
    assertTrue(Files.exists(whole.resolve("runs/2/minimal.csv")), "it reached the target");
    return whole;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "genetic",
        "not-cat",
        "annealing",
        "sparse-rs",
        "brusle",
        "map-elites",
        "greedy",
        "random",
        "budget"
      })
  void stoppedAgainAndAgain(String name) throws IOException {
    EvolvePlan plan = plan(name);
    Path whole = whole(plan);
    Path folder = Files.createDirectory(home.resolve("stopped"));
    int times = 0;
    while (new EvolveRunner(folder, plan).isPending()) {
      // ever later, as what is stopped while it minimizes begins that anew
      go(folder, plan, ResumeTest.afterGenerations(2 + times / 5));
      times++;
    }
    assertTrue(times >= 8, times + " times");
    ResumeTest.assertSame(whole, folder);
  }

  @ParameterizedTest
  @ValueSource(strings = {"genetic", "annealing", "greedy"})
  void crashedAtEveryQuestion(String name) throws IOException {
    EvolvePlan plan = plan(name);
    Path folder = Files.createDirectory(home.resolve("crashing"));
    List<Path> crashes = new ArrayList<>();
    go(
        folder,
        plan,
        () -> {
          try {
            Path crash = Files.createDirectory(home.resolve("crash" + crashes.size()));
            ResumeTest.copy(folder, crash);
            crashes.add(crash);
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
          return false;
        });
    Path whole = whole(plan);
    ResumeTest.assertSame(whole, folder);
    SplitMix64 random = new SplitMix64(1);
    for (int i = 0; i < crashes.size(); i += 5) {
      ResumeTest.litter(crashes.get(i), random);
      go(crashes.get(i), plan, () -> false);
      ResumeTest.assertSame(whole, crashes.get(i));
    }
  }

  @Test
  void aTableThatLostRowsIsMadeAnew() throws IOException {
    EvolvePlan plan = plan("genetic");
    Path whole = whole(plan);
    Path folder = Files.createDirectory(home.resolve("lost"));
    go(folder, plan, ResumeTest.afterGenerations(6));
    Path table = folder.resolve("runs/1/generations.csv.partial");
    assertTrue(Files.exists(table));
    Files.writeString(table, "generation\n");
    go(folder, plan, () -> false);
    ResumeTest.assertSame(whole, folder);
  }
}
