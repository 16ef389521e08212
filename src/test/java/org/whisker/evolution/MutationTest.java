package org.whisker.evolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Region;
import org.whisker.random.SplitMix64;

class MutationTest {
  private static final Canvas CANVAS = Canvas.square(32);

  @Test
  void happensWithItsProbability() {
    Mutation mutation = new Mutation(0.2, EditMix.only(EditKind.ADD), EditSchedule.single());
    SplitMix64 random = new SplitMix64(4);
    BlackPixels parent = BlackPixels.of(CANVAS, 5);
    int changed = 0;
    for (int i = 0; i < 20_000; i++) {
      BlackPixels child = mutation.mutate(parent, Region.everywhere(CANVAS), 1, random);
      changed += child.count() - 1;
    }
    assertEquals(0.2, changed / 20_000.0, 0.012, "four standard errors");
  }

  @Test
  void neverHappensAtZero() {
    Mutation mutation = new Mutation(0, EditMix.singlePixels(), EditSchedule.single());
    BlackPixels parent = BlackPixels.of(CANVAS, 5);
    assertSame(parent, mutation.mutate(parent, Region.everywhere(CANVAS), 1, new SplitMix64(3)));
  }

  @Test
  void numberOfEditsHasItsMean() {
    EditSchedule schedule = new EditSchedule(8, 2, 10);
    assertEquals(8, schedule.mean(1));
    assertEquals(4, schedule.mean(6), 1e-12);
    assertEquals(2, schedule.mean(11), 1e-12);
    assertEquals(2, schedule.mean(5000), 1e-12);
    SplitMix64 random = new SplitMix64(9);
    long sum = 0;
    for (int i = 0; i < 40_000; i++) {
      int edits = schedule.draw(1, random);
      sum += edits;
      assertEquals(1, Math.min(1, edits), "at least one");
    }
    assertEquals(8, sum / 40_000.0, 0.15, "four standard errors");
    assertEquals(1, EditSchedule.single().draw(1, random));
  }

  @Test
  void mixFollowsItsWeights() {
    EditMix mix = new EditMix(1, 0, 3, 0, 0, 4);
    SplitMix64 random = new SplitMix64(2);
    int[] counts = new int[3];
    for (int i = 0; i < 16_000; i++) {
      switch (mix.draw(random)) {
        case ADD -> counts[0]++;
        case MOVE -> counts[1]++;
        case ERASE -> counts[2]++;
        default -> throw new AssertionError("weight 0 was drawn");
      }
    }
    assertEquals(2000, counts[0], 170);
    assertEquals(6000, counts[1], 250);
    assertEquals(8000, counts[2], 260);
  }

  @Test
  void impossibleOptionsAreRefusedWithTheirValue() {
    assertRefused("NaN", () -> new EditMix(1, Double.NaN, 0, 0, 0, 0));
    assertRefused("0", () -> new EditMix(0, 0, 0, 0, 0, 0));
    assertRefused("0.5", () -> new EditSchedule(0.5, 1, 1));
    assertRefused("NaN", () -> new EditSchedule(1, Double.NaN, 1));
    assertRefused("1.5", () -> new Mutation(1.5, EditMix.singlePixels(), EditSchedule.single()));
    assertRefused(
        "NaN", () -> EvolutionOptions.quick().genetic().withCrossoverProbability(Double.NaN));
    assertRefused("100", () -> EvolutionOptions.quick().genetic().withElites(100));
    assertRefused("1", () -> EvolutionOptions.quick().genetic().withPopulation(1));
    assertRefused("-0.1", () -> EvolutionOptions.quick().withLambda(-0.1));
    assertRefused("NaN", () -> StopRules.after(5).withTarget(Double.NaN));
    assertRefused("-1", () -> StopRules.after(-1));
    assertRefused("0", () -> new Selection.Tournament(0));
  }

  private static void assertRefused(String value, Runnable maker) {
    var refusal = assertThrows(IllegalArgumentException.class, maker::run);
    assertEquals(true, String.valueOf(refusal.getMessage()).contains(value), refusal::getMessage);
  }
}
