package org.whisker.feature.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.whisker.evolution.result.RunSummary;
import org.whisker.feature.sweep.SettingOutcome.SettingRow;
import org.whisker.feature.sweep.SweepFolder.SweepGroup;
import org.whisker.feature.sweep.SweepTask.TaskKey;

class SettingsTest {
  private final Settings settings = new Settings();

  private static SweepGroup group(String name) {
    return new SweepGroup(name, "evolve", Map.of(), JsonNodeFactory.instance.objectNode());
  }

  private void run(String group, double p, double edge, int pixels) {
    add(
        group,
        new RunSummary(
            1,
            1,
            "target",
            new RunSummary.Numbers(p, 0, pixels, OptionalDouble.of(edge), 5, 100, 0),
            null,
            ""));
  }

  private void add(String group, RunSummary summary) {
    SweepTask task =
        new SweepTask(
            new TaskKey("0123456789abcdef0123456789abcdef"),
            SweepTask.Kind.EVOLVE,
            group,
            "what",
            "m",
            "hash",
            1,
            1,
            1,
            JsonNodeFactory.instance.objectNode());
    settings.add(task, summary);
  }

  @Test
  void meansAreOfASettingsRunsInTheOrderOfThePlan() {
    run("evolve-10", 0.8, 0.2, 10);
    run("evolve-2", 0.9, 0.1, 4);
    run("evolve-2", 0.7, 0.3, 6);
    run("evolve-2", 0.2, 0.9, 2);
    add("evolve-2", RunSummary.failed(4, 4, "no memory"));
    List<SettingRow> rows =
        settings.rows(List.of(group("evolve-2"), group("evolve-3"), group("evolve-10")));
    assertEquals(List.of("evolve-2", "evolve-10"), rows.stream().map(SettingRow::group).toList());
    SettingRow row = rows.get(0);
    assertEquals(3, row.runs());
    assertEquals(1, row.failed());
    assertEquals(2, row.cats());
    assertEquals(2 / 3.0, row.catShare().orElseThrow(), 1e-12);
    assertEquals(0.6, row.catProbability().orElseThrow(), 1e-12);
    assertTrue(row.catProbabilityLow().orElseThrow() < 0.6);
    assertTrue(row.catProbabilityHigh().orElseThrow() > 0.6);
    assertEquals(0.2, row.edgeIndex().orElseThrow(), 1e-12); // of the two cats
    assertEquals(4, row.blackPixels().orElseThrow(), 1e-12);
  }

  /** What is not a cat says nothing of where cats have their pixels. */
  @Test
  void tooFewCatsHaveNoEdgeIndex() {
    run("evolve-1", 0.9, 0.1, 4);
    run("evolve-1", 0.2, 0.3, 6);
    run("evolve-1", 0.2, 0.9, 2);
    SettingRow row = settings.rows(List.of(group("evolve-1"))).get(0);
    assertEquals(1, row.cats());
    assertEquals(OptionalDouble.empty(), row.edgeIndex());
    assertEquals(Optional.empty(), Optional.of(row).filter(r -> r.edgeIndexLow().isPresent()));
  }

  @Test
  void aSettingWhoseRunsFailedHasNoNumbers() {
    add("evolve-1", RunSummary.failed(1, 1, "no memory"));
    SettingRow row = settings.rows(List.of(group("evolve-1"))).get(0);
    assertEquals(0, row.runs());
    assertEquals(1, row.failed());
    assertEquals(OptionalDouble.empty(), row.catShare());
    assertEquals(OptionalDouble.empty(), row.catProbability());
  }
}
