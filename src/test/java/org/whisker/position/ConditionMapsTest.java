package org.whisker.position;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.position.EdgeBias.BiasDecision;
import org.whisker.position.EdgeBias.EdgeComparison;
import org.whisker.random.SplitMix64;
import org.whisker.stats.ToroidalShift;
import org.whisker.stats.Verdict;

class ConditionMapsTest {
  private static final Canvas CANVAS = Canvas.square(40);
  private final SplitMix64 random = new SplitMix64(5);

  private static ConditionMaps maps(String label, List<BlackPixels> runs) {
    return ConditionMaps.of(label, runs, Optional.empty(), Optional.empty(), 2, 1, 0);
  }

  private List<BlackPixels> edge(int runs) {
    return PlantedRuns.of(CANVAS, runs, 60, i -> CANVAS.borderDistance(i) < 4, 0.9, random);
  }

  @Test
  void aPlantedEdgeIsFoundWithItsSize() {
    Placement p = maps("edge", edge(12)).placement().orElseThrow();
    // a share s of pixels in the outer 36 %, with s / (1 - s) = 0.36 / (0.64 * 0.1)
    double share = 0.36 / (0.36 + 0.064);
    double expected = share * 0.18 + (1 - share) * 0.68;
    assertTrue(p.bias().ciLow().getAsDouble() < expected, p.bias().toString());
    assertTrue(p.bias().ciHigh().getAsDouble() > expected, p.bias().toString());
    assertTrue(p.bias().ciHigh().getAsDouble() < 0.4, p.bias().toString());
    assertTrue(p.clustering().p() < 0.01, p.clustering().toString());
    assertTrue(p.logRatio().band().orElseThrow().pMap() < 0.01);
    BlackPixels below = p.logRatio().below();
    assertTrue(below.count() > 200, "below the band: " + below.count());
    for (int i = 0; i < below.count(); i++) {
      assertTrue(CANVAS.borderDistance(below.get(i)) > 1, "sparser at the border");
    }
  }

  @Test
  void uniformRunsCoverOneHalfAndStayInTheBand() {
    List<BlackPixels> runs = PlantedRuns.uniform(CANVAS, 30, 60, random);
    ConditionMaps maps = maps("uniform", runs);
    Placement p = maps.placement().orElseThrow();
    assertTrue(p.bias().ciLow().getAsDouble() < 0.5, p.bias().toString());
    assertTrue(p.bias().ciHigh().getAsDouble() > 0.5, p.bias().toString());
    assertTrue(p.clustering().p() > 0.05, p.clustering().toString());
    assertTrue(p.logRatio().band().orElseThrow().pMap() > 0.05);
    double share = (double) p.logRatio().outside() / CANVAS.pixels();
    assertTrue(share < 0.15, "outside the pointwise band: " + share);
    BiasDecision decision = BiasDecision.of(List.of(maps)).get(0).orElseThrow();
    assertEquals(Verdict.NO_EFFECT, decision.verdict());
    assertEquals("no bias", decision.inWords(p.bias()));
  }

  @Test
  void whiteRunsAreCountedAndAllWhiteHasNoPlacement() {
    List<BlackPixels> white = List.of(BlackPixels.none(CANVAS), BlackPixels.none(CANVAS));
    ConditionMaps all = maps("white", white);
    assertTrue(all.placement().isEmpty());
    assertEquals(2, all.heatmap().whiteRuns());
    assertEquals(0, all.heatmap().meanPixels());
    List<BlackPixels> mixed = List.of(BlackPixels.none(CANVAS), BlackPixels.of(CANVAS, 0, 1, 2));
    ConditionMaps one = maps("mixed", mixed);
    Placement p = one.placement().orElseThrow();
    assertEquals(1, p.bias().whiteRuns());
    assertEquals(1.5, one.heatmap().meanPixels());
    assertTrue(p.pEquivalence().isEmpty());
    assertTrue(p.residues().stream().allMatch(r -> r.whole().p().isEmpty()));
    List<Optional<BiasDecision>> decisions = BiasDecision.of(List.of(all, one));
    assertTrue(decisions.get(0).isEmpty());
    assertEquals(Verdict.UNDECIDED, decisions.get(1).orElseThrow().verdict());
  }

  @Test
  void conditionsAreComparedAndUndecidedOnesSayHowManyRuns() {
    ConditionMaps edge = maps("edge", edge(8));
    ConditionMaps uniform = maps("uniform", PlantedRuns.uniform(CANVAS, 8, 60, random));
    ConditionMaps few = maps("few", PlantedRuns.uniform(CANVAS, 3, 5, random));
    List<EdgeComparison> pairs = EdgeComparison.all(List.of(edge, uniform, few), 1);
    assertEquals(3, pairs.size());
    EdgeComparison first = pairs.get(0);
    assertEquals("edge", first.a());
    assertEquals("uniform", first.b());
    assertTrue(first.ciHigh().getAsDouble() < 0, first.toString());
    assertEquals(0, first.a12());
    assertEquals("different", first.verdict());
    assertTrue(first.pHolm() > first.p(), first.toString());
    assertTrue(first.runsNeeded().isEmpty());
    EdgeComparison last = pairs.get(2);
    assertEquals("undecided", last.verdict());
    assertTrue(last.runsNeeded().getAsLong() > 8, last.toString());
    BiasDecision decision = BiasDecision.of(List.of(edge, few)).get(1).orElseThrow();
    assertEquals("undecided", decision.inWords(few.placement().orElseThrow().bias()));
    assertTrue(decision.runsNeeded().getAsLong() > 3, decision.toString());
  }

  /** By their spread alone, two runs with a few pixels each would say E differs by up to 3. */
  @Test
  void aDifferenceOfTwoRunsStaysWithinWhatIsPossible() {
    List<ConditionMaps> two =
        List.of(
            maps("one", List.of(BlackPixels.of(CANVAS, 0), BlackPixels.of(CANVAS, 200))),
            maps("other", List.of(BlackPixels.of(CANVAS, 1), BlackPixels.of(CANVAS, 150, 3))));
    EdgeComparison pair = EdgeComparison.all(two, 1).get(0);
    assertTrue(pair.ciLow().getAsDouble() >= -1, pair.toString());
    assertTrue(pair.ciHigh().getAsDouble() <= 1, pair.toString());
    assertTrue(pair.ciLow().getAsDouble() < pair.delta(), pair.toString());
  }

  /** All lie at the edge, and only their number stands in the way: 2 / 2⁴ is above 0.05. */
  @Test
  void fourClearRunsAreSaidToBeTooFewAndNeedWhatTheirSignsNeed() {
    ConditionMaps four = maps("four", edge(4));
    BiasDecision alone = BiasDecision.of(List.of(four)).get(0).orElseThrow();
    assertEquals(Verdict.UNDECIDED, alone.verdict());
    assertTrue(alone.tooFew());
    assertEquals(6, alone.runsNeeded().getAsLong());
    BiasDecision ofThree = BiasDecision.of(List.of(four, four, four)).get(0).orElseThrow();
    assertEquals(7, ofThree.runsNeeded().getAsLong());
    ConditionMaps chance = maps("few", PlantedRuns.uniform(CANVAS, 4, 5, random));
    assertFalse(BiasDecision.of(List.of(chance)).get(0).orElseThrow().tooFew());
  }

  /** Two runs could not have shown a bias, so their agreement does not show that there is none. */
  @Test
  void twoRunsAreNotSaidToHaveNoBiasOrNoDifference() {
    int[] all = IntStream.range(0, CANVAS.pixels()).toArray();
    BlackPixels black = BlackPixels.of(CANVAS, all);
    ConditionMaps two = maps("two", List.of(black, black));
    assertTrue(two.placement().orElseThrow().pEquivalence().getAsDouble() < 0.05);
    BiasDecision decision = BiasDecision.of(List.of(two)).get(0).orElseThrow();
    assertEquals(Verdict.UNDECIDED, decision.verdict());
    assertEquals(6, decision.runsNeeded().getAsLong());
    EdgeComparison pair = EdgeComparison.all(List.of(two, two), 1).get(0);
    assertEquals("undecided", pair.verdict());
    assertEquals(4, pair.runsNeeded().getAsLong());
    ConditionMaps six = maps("six", Collections.nCopies(6, black));
    assertEquals(Verdict.NO_EFFECT, BiasDecision.of(List.of(six)).get(0).orElseThrow().verdict());
    assertEquals(
        Verdict.UNDECIDED, BiasDecision.of(List.of(six, six)).get(0).orElseThrow().verdict());
  }

  @Test
  void theFastShiftsAgreeWithTheGeneralTest() {
    List<BlackPixels> runs = edge(3);
    ToroidalShift fast = Placement.ShiftedEdgeIndex.test(new PixelTable(runs), new SplitMix64(1));
    ToroidalShift slow =
        ToroidalShift.test(
            runs,
            run -> new org.whisker.image.EdgeRank(CANVAS).edgeIndex(run).getAsDouble(),
            2_000,
            new SplitMix64(2));
    assertEquals(slow.observed(), fast.observed(), 1e-12);
    assertEquals(slow.nullMean(), fast.nullMean(), 5 * slow.nullSd() / Math.sqrt(2_000));
    assertEquals(slow.nullSd(), fast.nullSd(), 0.15 * slow.nullSd());
  }

  @Test
  void theSameSeedGivesTheSameNumbers() {
    List<BlackPixels> runs = edge(5);
    Placement one = maps("a", runs).placement().orElseThrow();
    Placement two = maps("a", runs).placement().orElseThrow();
    assertEquals(one.bias(), two.bias());
    assertEquals(one.clustering(), two.clustering());
    assertEquals(one.parts(), two.parts());
    assertEquals(one.residues(), two.residues());
    assertArrayEquals(
        one.logRatio().band().orElseThrow().high().values(),
        two.logRatio().band().orElseThrow().high().values());
  }

  @Test
  void sidesAndCornersDivideTheCanvasFairly() {
    Canvas canvas = new Canvas(20, 13);
    BlackPixels all = BlackPixels.of(canvas, IntStream.range(0, canvas.pixels()).toArray());
    List<PartDensity.OfRuns> parts = PartDensity.all(List.of(all, all), random);
    assertEquals(10, parts.size());
    for (PartDensity.OfRuns part : parts) {
      assertEquals(part.mean().byChance(), part.mean().density(), 1e-12, part.mean().part());
    }
    for (int index = 0; index < canvas.pixels(); index++) {
      double sides = 0;
      for (PartDensity.CanvasPart side :
          List.of(
              PartDensity.CanvasPart.TOP,
              PartDensity.CanvasPart.BOTTOM,
              PartDensity.CanvasPart.LEFT,
              PartDensity.CanvasPart.RIGHT)) {
        sides += side.share(canvas, index);
      }
      assertEquals(1, sides, 1e-12);
    }
    BlackPixels corner = BlackPixels.of(canvas, canvas.index(19, 0));
    assertEquals(0.5, PartDensity.CanvasPart.TOP.share(canvas, corner.get(0)));
    assertEquals(1, PartDensity.CanvasPart.TOP_RIGHT.share(canvas, corner.get(0)));
    assertEquals(0, PartDensity.CanvasPart.TOP_LEFT.share(canvas, corner.get(0)));
  }

  @Test
  void aPlantedSideIsFound() {
    List<BlackPixels> runs =
        PlantedRuns.of(
            CANVAS, 10, 30, i -> PartDensity.CanvasPart.LEFT.share(CANVAS, i) > 0, 0.8, random);
    List<PartDensity> parts =
        PartDensity.all(runs, random).stream().map(PartDensity.OfRuns::mean).toList();
    PartDensity left = parts.get(2);
    assertEquals("left", left.part());
    assertTrue(left.ciLow().getAsDouble() > 1.5, left.toString());
    PartDensity difference = parts.get(8);
    assertEquals("left - right", difference.part());
    assertTrue(difference.ciLow().getAsDouble() > 1, difference.toString());
    assertTrue(difference.pHolm() < 0.05, difference.toString());
  }
}
