package org.whisker.feature.evolve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.Objective.TargetClass;
import org.whisker.evolution.result.RunSummary;
import org.whisker.feature.evolve.EvolveCommand.EvolveTable;
import org.whisker.feature.evolve.EvolvePlan.EvolveExtras;

class EvolveTableTest {
  private static final RunSummary.Numbers OTHER =
      new RunSummary.Numbers(0.1, 2.2f, 7, OptionalDouble.of(0.25), 9, 80, 1);
  private static final List<RunSummary> RUNS =
      List.of(
          new RunSummary(1, 5, "target", OTHER, null, ""),
          new RunSummary(
              2,
              6,
              "target",
              OTHER,
              new RunSummary.Minimal(3, 0.2, 30, OptionalDouble.of(0.75)),
              ""),
          RunSummary.failed(3, 7, "why"));

  private static EvolveTable table(TargetClass wanted, OptionalDouble minimized) {
    EvolutionOptions quick = EvolutionOptions.quick();
    EvolutionOptions options = quick.withObjective(quick.objective().withTarget(wanted));
    EvolveExtras extras = new EvolveExtras(minimized, 0);
    return new EvolveTable(new EvolvePlan(options, 5, 3, Optional.empty(), extras));
  }

  @Test
  void whatCountsIsTheTargetClass() {
    EvolveTable cats = table(TargetClass.CAT, OptionalDouble.empty());
    assertEquals("0 of 3 runs reached p(target) 0.5", cats.summary(RUNS));
    EvolveTable others = table(TargetClass.NOT_CAT, OptionalDouble.empty());
    assertEquals("2 of 3 runs reached p(not-target) 0.5", others.summary(RUNS));
    assertEquals(cats.of(RUNS), others.of(RUNS), "p(target) in both");
    assertEquals(
        List.of("1", "5", "0.1000", "7", "0.250", "9", "80", "target"),
        List.of(cats.of(RUNS).lines().toList().get(1).strip().split(" +")));
  }

  @Test
  void minimalImagesHaveColumnsOfTheirOwn() {
    EvolveTable table = table(TargetClass.NOT_CAT, OptionalDouble.of(0.8));
    assertEquals(
        "2 of 3 runs reached p(not-target) 0.5, 1 minimized at p(not-target) 0.8",
        table.summary(RUNS));
    List<String> lines = table.of(RUNS).lines().toList();
    assertEquals("MINIMAL  ITS E", lines.get(0).strip().replaceFirst(".*(?=MINIMAL)", ""));
    assertEquals(
        List.of("1", "5", "0.1000", "7", "0.250", "9", "80", "target", "-", "-"),
        List.of(lines.get(1).strip().split(" +")));
    assertEquals(
        List.of("2", "6", "0.1000", "7", "0.250", "9", "80", "target", "3", "0.750"),
        List.of(lines.get(2).strip().split(" +")));
  }
}
