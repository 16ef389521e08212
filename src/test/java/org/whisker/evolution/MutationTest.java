package org.whisker.evolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.evolution.Genetic.Replacement;
import org.whisker.evolution.operator.Crossover.Recombination.PixelMerge;
import org.whisker.evolution.operator.EditKind;
import org.whisker.evolution.operator.EditMix;
import org.whisker.evolution.operator.EditMix.EditSchedule;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Region;
import org.whisker.option.Entries;
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
  void addsAsManyPixelsAtOnceAsItIsTold() {
    Mutation mutation =
        new Mutation(1, EditMix.only(EditKind.ADD), EditSchedule.single()).withAtOnce(7);
    Region region = Region.center(CANVAS, 0.5);
    BlackPixels child = mutation.mutate(BlackPixels.none(CANVAS), region, 1, new SplitMix64(3));
    assertEquals(7, child.count());
    assertEquals(7, IntStream.of(child.indices()).filter(region::contains).count());
    Map<String, Object> entries = new LinkedHashMap<>();
    Entries.put(entries, mutation);
    assertEquals("7", String.valueOf(entries.get("added_at_once")));
    Map<String, Object> single = new LinkedHashMap<>();
    Entries.put(single, mutation.withAtOnce(1));
    assertFalse(single.containsKey("added_at_once"), "kept runs are found by these entries");
    assertThrows(IllegalArgumentException.class, () -> mutation.withAtOnce(0));
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

  @ParameterizedTest
  @ValueSource(doubles = {1e-9, 0.0005, 0.015, 0.3, 0.9})
  void flipsPerPixelAreBinomialAndEverywhereAlike(double p) {
    Mutation mutation = perPixel(p);
    Region region = Region.center(CANVAS, 0.5);
    BlackPixels parent = BlackPixels.of(CANVAS, IntStream.range(0, 500).toArray());
    SplitMix64 random = new SplitMix64(4);
    int draws = 20_000;
    double sum = 0;
    double squares = 0;
    int[] flips = new int[CANVAS.pixels()];
    for (int i = 0; i < draws; i++) {
      BlackPixels child = mutation.mutate(parent, region, 1, random);
      BlackPixels flipped = PixelMerge.difference(parent, child);
      sum += flipped.count();
      squares += (double) flipped.count() * flipped.count();
      IntStream.of(flipped.indices()).forEach(pixel -> flips[pixel]++);
    }
    double variance = region.size() * p * (1 - p);
    double mean = sum / draws;
    assertEquals(region.size() * p, mean, 4 * Math.sqrt(variance / draws) + 1e-3);
    // the fourth moment of a binomial is 3 v^2 + v (1 - 6 p (1 - p))
    double error = Math.sqrt((2 * variance * variance + variance) / draws);
    assertEquals(variance, squares / draws - mean * mean, 4.5 * error + 1e-3);
    for (int pixel = 0; pixel < flips.length; pixel++) {
      double expected = region.contains(pixel) ? p * draws : 0;
      assertEquals(expected, flips[pixel], 5 * Math.sqrt(expected * (1 - p)) + 1, "at " + pixel);
    }
  }

  @Test
  void flipsPerPixelAtBothEnds() {
    BlackPixels parent = BlackPixels.of(CANVAS, 5, 100);
    Region all = Region.everywhere(CANVAS);
    assertSame(parent, perPixel(0).mutate(parent, all, 1, new SplitMix64(3)));
    BlackPixels inverse = perPixel(1).mutate(parent, all, 1, new SplitMix64(3));
    assertEquals(CANVAS.pixels() - 2, inverse.count());
    assertEquals(parent, perPixel(1).mutate(inverse, all, 1, new SplitMix64(3)));
  }

  @Test
  void perGeneTheNumberOfEditsIsBinomial() {
    double p = 0.1;
    Mutation perGene =
        new Mutation(p, EditMix.only(EditKind.ADD), EditSchedule.single())
            .withPer(Mutation.Per.GENE);
    BlackPixels parent = BlackPixels.of(CANVAS, IntStream.range(0, 20).toArray());
    SplitMix64 random = new SplitMix64(5);
    int draws = 20_000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < draws; i++) {
      int added = perGene.mutate(parent, Region.everywhere(CANVAS), 1, random).count() - 20;
      sum += added;
      squares += added * added;
    }
    double mean = sum / draws;
    assertEquals(20 * p, mean, 0.05);
    assertEquals(20 * p * (1 - p), squares / draws - mean * mean, 0.1);
  }

  @Test
  void perGeneWhiteCanStillGainAPixel() {
    Mutation perGene =
        new Mutation(1, EditMix.only(EditKind.ADD), EditSchedule.single())
            .withPer(Mutation.Per.GENE);
    BlackPixels white = BlackPixels.none(CANVAS);
    assertEquals(1, perGene.mutate(white, Region.everywhere(CANVAS), 1, new SplitMix64(1)).count());
  }

  private static Mutation perPixel(double probability) {
    return new Mutation(probability, EditMix.singlePixels(), EditSchedule.single())
        .withPer(Mutation.Per.PIXEL);
  }

  @Test
  void mixesAndSchedulesReadWhatTheyWrite() {
    for (EditMix mix : new EditMix[] {EditMix.singlePixels(), new EditMix(3, 2, 0, 0.5, 3, 1)}) {
      assertEquals(mix, EditMix.parse(mix.label()));
    }
    assertEquals(new EditMix(1, 0, 0, 2, 0, 0), EditMix.parse("nudge:2,add"));
    EditSchedule schedule = new EditSchedule(8, 1.2, 40);
    assertEquals(schedule, EditSchedule.parse(schedule.label()));
    assertEquals(2.5, EditSchedule.parse("2.5").mean(77));
    assertRefused("jump", () -> EditMix.parse("add:1,jump:2"));
    assertRefused("add:x", () -> EditMix.parse("add:x"));
    assertRefused("1,2", () -> EditSchedule.parse("1,2"));
    assertRefused("gene", () -> Mutation.Per.parse("allele"));
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
    assertRefused("-1", () -> new Replacement.Generational(-1));
    assertRefused("0", () -> new Replacement.SteadyState(0));
  }

  private static void assertRefused(String value, Runnable maker) {
    var refusal = assertThrows(IllegalArgumentException.class, maker::run);
    assertEquals(true, String.valueOf(refusal.getMessage()).contains(value), refusal::getMessage);
  }
}
