package org.whisker.evolution.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.evolution.Evolution;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.EvolutionRun;
import org.whisker.evolution.Genetic;
import org.whisker.evolution.LogitSource;
import org.whisker.evolution.Mutation;
import org.whisker.evolution.Population.Individual;
import org.whisker.evolution.operator.EditMix.EditSchedule;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Region;

class RegionScheduleTest {
  private static final Canvas CANVAS = Canvas.square(20);

  @ParameterizedTest
  @ValueSource(
      strings = {"center:0.5", "center:0.5@0..3000", "edge:0.1@7..", "1,2,3,4@5..6", "all@2..9"})
  void spansReadWhatTheyWrite(String text) {
    RegionSchedule.Span span = RegionSchedule.Span.parse(text, RegionScheduleTest::read);
    assertEquals(text, span.label());
    assertEquals(span, RegionSchedule.Span.parse(span.label(), RegionScheduleTest::read));
  }

  @Test
  void eitherEndMayBeLeftOut() {
    assertEquals(
        "center:0.5@0..8",
        RegionSchedule.Span.parse("center:0.5@..8", RegionScheduleTest::read).label());
    assertEquals(
        "center:0.5", RegionSchedule.Span.parse("center:0.5@..", RegionScheduleTest::read).label());
  }

  @ParameterizedTest
  @ValueSource(strings = {"center:0.5@5..5", "center:0.5@5..4", "center:2@5..6", "foo@1..2"})
  void whatCannotBeIsRefused(String text) {
    assertThrows(
        IllegalArgumentException.class,
        () -> RegionSchedule.Span.parse(text, RegionScheduleTest::read));
  }

  @Test
  void aGenerationTooFarIsNamed() {
    var e =
        assertThrows(
            IllegalArgumentException.class,
            () -> RegionSchedule.Span.parse("all@0..99999999999", RegionScheduleTest::read));
    assertTrue(String.valueOf(e.getMessage()).contains("99999999999"), e::getMessage);
  }

  @Test
  void theFirstSpanThatHoldsCounts() {
    RegionSchedule schedule =
        RegionSchedule.parse(
            List.of("center:0.5@2..4", "edge:0.1@0..6", "0,0,1,1@8.."), RegionScheduleTest::read);
    Region all = Region.everywhere(CANVAS);
    List<Region> expected =
        List.of(
            Region.edge(CANVAS, 0.1),
            Region.edge(CANVAS, 0.1),
            Region.center(CANVAS, 0.5),
            Region.center(CANVAS, 0.5),
            Region.edge(CANVAS, 0.1),
            Region.edge(CANVAS, 0.1),
            all,
            all,
            Region.rectangle(CANVAS, 0, 0, 1, 1));
    for (int generation = 0; generation < expected.size(); generation++) {
      assertEquals(expected.get(generation), schedule.at(CANVAS, generation));
    }
    assertThrows(IllegalArgumentException.class, () -> schedule.at(Canvas.square(21), 0));
  }

  @ParameterizedTest
  @EnumSource(EditKind.class)
  void aRunKeepsToTheRegionToTheGeneration(EditKind kind) {
    EditMix mix = EditMix.parse("add:1," + kind.label() + ":3");
    assertHeld(g -> g.withMutation(new Mutation(1, mix, EditSchedule.single())));
  }

  @ParameterizedTest
  @EnumSource(Crossover.class)
  void crossoverBringsNothingFromOutside(Crossover crossover) {
    assertHeld(
        g ->
            g.withCrossover(crossover)
                .withMutation(g.mutation().withPer(Mutation.Per.PIXEL).withProbability(0.01)));
  }

  private static void assertHeld(UnaryOperator<Genetic> change) {
    Region held = Region.center(CANVAS, 0.4);
    EvolutionOptions options =
        EvolutionOptions.question()
            .withRegions(RegionSchedule.parse(List.of("center:0.4@0..6"), RegionScheduleTest::read))
            .withGenetic(change);
    for (int seed = 0; seed < 10; seed++) {
      EvolutionRun run = new Evolution(options, CANVAS, LogitSource.flat(1)).begin(seed);
      assertEquals(0, outside(run, held));
      for (int generation = 1; generation < 6; generation++) {
        run.advance();
        assertEquals(0, outside(run, held), "generation " + generation);
      }
      run.advance();
      assertTrue(outside(run, held) > 0, "lifted in generation 6");
    }
  }

  private static long outside(EvolutionRun run, Region region) {
    return run.population().individuals().stream()
        .map(Individual::genome)
        .mapToLong(genome -> outside(genome, region))
        .sum();
  }

  private static long outside(BlackPixels genome, Region region) {
    return IntStream.of(genome.indices()).filter(pixel -> !region.contains(pixel)).count();
  }

  private static Region read(String text) {
    return Region.parse(CANVAS, text);
  }
}
