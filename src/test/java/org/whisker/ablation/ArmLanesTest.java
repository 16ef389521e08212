package org.whisker.ablation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.whisker.ablation.OpenArm.ArmLanes;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.StopRules;
import org.whisker.image.Canvas;

class ArmLanesTest {
  private static final Canvas CANVAS = new Canvas(16, 16);
  private static final List<Long> SEEDS = LongStream.range(1, 8).boxed().toList();
  private static final PlantedModel MODEL =
      new PlantedModel(CANVAS, (pixel, padding) -> pixel % 3 - 1.4);

  private static AblationSetting setting() {
    return new AblationSetting(
        EvolutionOptions.question().withStop(StopRules.after(400).withEvaluations(100_000)),
        CANVAS,
        0.5f,
        "zero",
        10,
        1);
  }

  private static final class Heard implements ArmLanes.Listener {
    private final List<Long> ended = Collections.synchronizedList(new ArrayList<>());
    private final List<Double> shares = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void onProgress(long seed, double share) {
      shares.add(share);
    }

    @Override
    public void onRun(ArmRun run) {
      ended.add(run.seed());
    }
  }

  private static List<ArmRun> runs(AblationArm arm, int lanes, Heard heard) {
    try (ArmSource source = ArmSource.open(arm, MODEL, 64, done -> {}, () -> false)) {
      ArmEvolution evolution = new ArmEvolution(arm, setting(), source, 0.9);
      return new ArmLanes(evolution, lanes, heard, () -> false)
          .run(SEEDS).stream().sorted((a, b) -> Long.compare(a.seed(), b.seed())).toList();
    }
  }

  @Test
  void runsAreTheSameHoweverManyAdvanceTogether() {
    for (AblationArm arm :
        List.of(
            AblationArm.control("control", "as it is"),
            AblationArm.transformed("rolled", "rolled", new InputTransform.Rolled()))) {
      Heard heard = new Heard();
      List<ArmRun> one = runs(arm, 1, new Heard());
      assertEquals(one, runs(arm, 3, heard), arm.name());
      assertEquals(one, runs(arm, 50, new Heard()), arm.name());
      assertEquals(SEEDS, heard.ended.stream().sorted().toList());
      assertTrue(heard.shares.stream().allMatch(s -> s >= 0 && s <= 1), "" + heard.shares);
      assertTrue(heard.shares.contains(1.0));
      assertTrue(one.stream().noneMatch(ArmRun::isFailed), "" + one);
    }
  }

  @Test
  void whereStoppedNoneIsLeftWaiting() {
    AblationArm arm = AblationArm.control("control", "as it is");
    AtomicInteger polled = new AtomicInteger();
    Heard heard = new Heard();
    try (ArmSource source = ArmSource.open(arm, MODEL, 64, done -> {}, () -> false)) {
      ArmLanes lanes =
          new ArmLanes(
              new ArmEvolution(arm, setting(), source, 0.9),
              4,
              heard,
              () -> polled.incrementAndGet() > 100);
      assertThrows(CancellationException.class, () -> lanes.run(SEEDS));
    }
    assertEquals(List.of(), heard.ended);
  }
}
