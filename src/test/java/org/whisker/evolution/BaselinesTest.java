package org.whisker.evolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.whisker.evolution.Evolution.Ending;
import org.whisker.evolution.Evolution.GenerationListener;
import org.whisker.evolution.Evolution.RunResult;
import org.whisker.evolution.Population.Individual;
import org.whisker.evolution.SearchMethod.GenerationContext;
import org.whisker.evolution.operator.RegionSchedule;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Region;

class BaselinesTest {
  private static final Canvas CANVAS = new Canvas(20, 12);
  private static final Mutation EDITS = EvolutionOptions.quick().genetic().mutation();

  static Stream<SearchMethod> methods() {
    return Stream.of(
        new RandomSearch(10, 60),
        new Greedy(16, 1),
        new Greedy(7, 3),
        new Annealing(5, EDITS, 0.05, 0.001, 100),
        new Annealing(
            5, EDITS.withPer(Mutation.Per.PIXEL).withProbability(0.004), 0.05, 0.001, 100),
        new SparseRs(4, 12, 0.3, 100),
        new BruSLeAttack(6, 12, 0.3),
        new MapElites(10, EDITS, 4));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void everyMethodFindsBetterThanItsFoundersAndGoesOnWhereItPaused(SearchMethod method) {
    Evolution evolution = evolution(options(method, RegionSchedule.everywhere()));
    for (int seed = 0; seed < 5; seed++) {
      EvolutionRun run = evolution.begin(seed);
      double founders = run.population().best().fitness();
      for (int generation = 0; generation < 80; generation++) {
        EvolutionRun again = evolution.resume(run.state(), run.cache());
        again.advance();
        run = again;
      }
      assertTrue(run.state().best().fitness() > founders, "seed " + seed);
      assertEquals(evolution.run(seed, GenerationListener.none()).best(), run.state().best());
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void pixelsStayInTheRegion(SearchMethod method) {
    Region region = Region.rectangle(CANVAS, 3, 2, 12, 9);
    EvolutionRun run = evolution(options(method, RegionSchedule.always(region))).begin(3);
    for (int generation = 0; generation < 40; generation++) {
      for (Individual individual : run.population().individuals()) {
        for (int pixel : individual.genome().indices()) {
          assertTrue(region.contains(pixel), method + " at " + pixel);
        }
      }
      run.advance();
    }
  }

  @Test
  void randomSearchTriesFewPixelsAsOftenAsMany() {
    List<Integer> counts = new ArrayList<>();
    GenerationContext context = context(1);
    Population white = scored(List.of(BlackPixels.none(CANVAS)));
    for (int i = 0; i < 400; i++) {
      new RandomSearch(11, 63).propose(white, context).forEach(image -> counts.add(image.count()));
    }
    assertEquals(1, counts.stream().min(Comparator.naturalOrder()).orElseThrow());
    assertEquals(63, counts.stream().max(Comparator.naturalOrder()).orElseThrow());
    // 1 to 7 pixels and 8 to 63 are as likely: both are half of the logarithms of 1 to 64
    double few = counts.stream().filter(count -> count < 8).count() / (double) counts.size();
    assertEquals(0.5, few, 0.04);
  }

  @Test
  void greedyOnAWeightedSumIsExact() {
    int[] helpful =
        IntStream.range(0, CANVAS.pixels())
            .filter(pixel -> Planted.weight(pixel) < 0)
            .boxed()
            .sorted(Comparator.comparingDouble(Planted::weight))
            .limit(9)
            .mapToInt(Integer::intValue)
            .toArray();
    EvolutionRun run = evolution(options(new Greedy(50, 1), RegionSchedule.everywhere())).begin(1);
    while (run.state().best().genome().count() < 9) {
      run.advance();
    }
    assertEquals(BlackPixels.of(CANVAS, helpful), run.state().best().genome());
    assertEquals(CANVAS.pixels() + 1 + 8 * 50, run.state().evaluations());
  }

  @Test
  void greedyEndsWhenNothingIsLeft() {
    EvolutionOptions options =
        options(new Greedy(50, 1), RegionSchedule.everywhere()).withGenerations(10_000);
    RunResult result = evolution(options).run(1, GenerationListener.none());
    assertEquals(Ending.EXHAUSTED, result.ending());
    int helpful =
        (int) IntStream.range(0, CANVAS.pixels()).filter(p -> Planted.weight(p) < 0).count();
    assertEquals(helpful, result.blackPixels());
  }

  @Test
  void greedyOnACanvasOfOnePixelEnds() {
    EvolutionOptions options = options(new Greedy(4, 1), RegionSchedule.everywhere());
    RunResult result =
        new Evolution(options, Canvas.square(1), LogitSource.flat(1))
            .run(1, GenerationListener.none());
    assertEquals(Ending.EXHAUSTED, result.ending());
  }

  @Test
  void sparseRsKeepsItsNumberOfPixelsAndFollowsTheAuthorsSchedule() {
    SparseRs method = new SparseRs(3, 12, 0.3, 10_000);
    assertEquals(0.15, method.share(1), 1e-12);
    assertEquals(0.15, method.share(50), 1e-12);
    assertEquals(0.075, method.share(51), 1e-12);
    assertEquals(0.3 / 8, method.share(2000), 1e-12);
    assertEquals(0.015, method.share(20_000), 1e-12);
    SparseRs longer = new SparseRs(1, 12, 0.3, 100_000); // their steps are whole ten-thousandths
    assertEquals(0.3, longer.share(9), 1e-12);
    assertEquals(0.15, longer.share(509), 1e-12);
    assertEquals(0.075, longer.share(510), 1e-12);
    EvolutionRun run = evolution(options(method, RegionSchedule.everywhere())).begin(1);
    for (int generation = 0; generation < 30; generation++) {
      List<Individual> before = run.population().individuals();
      run.advance();
      for (int i = 0; i < 3; i++) {
        Individual now = run.population().get(i);
        assertEquals(12, now.genome().count());
        assertTrue(now.fitness() >= before.get(i).fitness());
      }
    }
  }

  @Test
  void bruSLeAttackKeepsWhatWasMissedAndTriesWhatIsNew() {
    BruSLeAttack method = new BruSLeAttack(2, 10, 0.3);
    assertEquals(0.15 * (Math.pow(3, -0.24) + Math.pow(0.997, 3)), method.share(1), 1e-12);
    int[] needed = IntStream.range(0, 5).toArray();
    int[] useless = IntStream.range(5, 10).toArray();
    PixelTally tally = PixelTally.of(CANVAS);
    for (int i = 0; i < 40; i++) {
      tally = tally.trying(needed).trying(useless).missing(needed);
    }
    int[] tried = IntStream.range(10, CANVAS.pixels() - 20).toArray(); // all others but 20
    tally = tally.trying(tried);
    Population current =
        new Population(
            List.of(new Individual(BlackPixels.of(CANVAS, IntStream.range(0, 10).toArray()), 0, 0)),
            tally);
    for (int i = 1; i <= 50; i++) {
      BlackPixels next = method.propose(current, context(i)).get(0);
      assertEquals(10, next.count());
      for (int pixel : needed) {
        assertTrue(next.contains(pixel), "pixel " + pixel + " was missed each time");
      }
      int last = next.get(9);
      assertTrue(last >= CANVAS.pixels() - 20, "pixel " + last + " was tried before");
    }
  }

  @Test
  void bruSLeAttackLeavesPixelsOutsideTheRegion() {
    BruSLeAttack method = new BruSLeAttack(2, 6, 0.3);
    Region left = Region.rectangle(CANVAS, 0, 0, 10, 12);
    BlackPixels image = BlackPixels.of(CANVAS, 0, 1, 2, 17, 18, 19); // three are on the right
    Population current = new Population(List.of(new Individual(image, 0, 0)));
    for (int i = 1; i <= 50; i++) {
      GenerationContext step =
          new GenerationContext(i, left, org.whisker.random.SplitMix64.stream(1, "left", i));
      BlackPixels next = method.propose(current, step).get(0);
      assertEquals(6, next.count());
      assertTrue(next.contains(17) && next.contains(18) && next.contains(19), next.toString());
    }
  }

  @Test
  void mapElitesKeepsTheFittestOfEachKind() {
    MapElites method = new MapElites(4, EDITS, 4);
    BlackPixels corner = BlackPixels.of(CANVAS, 0);
    BlackPixels other = BlackPixels.of(CANVAS, CANVAS.pixels() - 1);
    BlackPixels middle = BlackPixels.of(CANVAS, CANVAS.index(10, 6));
    BlackPixels two = BlackPixels.of(CANVAS, 0, 1);
    Population archive =
        method.accept(
            new Population(List.of(new Individual(corner, 0, 1), new Individual(middle, 0, -9))),
            List.of(new Individual(other, 0, 2), new Individual(two, 0, 0)),
            context(1));
    assertEquals(
        List.of(other, middle, two),
        archive.individuals().stream().map(Individual::genome).toList());
  }

  @Test
  void annealingTakesALossAsOftenAsItsTemperatureSays() {
    Annealing method = new Annealing(2000, EDITS, 0.5, 0.005, 100);
    assertEquals(0.05, method.temperature(50), 1e-12);
    assertEquals(0.005, method.temperature(500), 1e-12);
    BlackPixels worse = BlackPixels.of(CANVAS, 1);
    Population current = population(BlackPixels.none(CANVAS), 0, 2000);
    List<Individual> tried = population(worse, -0.05, 2000).individuals();
    long taken =
        method.accept(current, tried, context(50)).individuals().stream()
            .filter(individual -> individual.genome().equals(worse))
            .count();
    assertEquals(Math.exp(-1), taken / 2000.0, 0.04);
  }

  @Test
  void impossibleOptionsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new RandomSearch(1, 5));
    assertThrows(IllegalArgumentException.class, () -> new Greedy(10, 0));
    assertThrows(IllegalArgumentException.class, () -> new Annealing(2, EDITS, 0.1, 0.2, 9));
    assertThrows(IllegalArgumentException.class, () -> new Annealing(2, EDITS, Double.NaN, 0.2, 9));
    assertThrows(IllegalArgumentException.class, () -> new SparseRs(2, 5, 1.5, 9));
    assertThrows(IllegalArgumentException.class, () -> new BruSLeAttack(0, 5, 0.3));
    assertThrows(IllegalArgumentException.class, () -> new BruSLeAttack(2, 5, 0));
    assertThrows(IllegalArgumentException.class, () -> new MapElites(10, EDITS, 0));
  }

  private static Population population(BlackPixels genome, double fitness, int size) {
    return new Population(
        IntStream.range(0, size).mapToObj(i -> new Individual(genome, 0, fitness)).toList());
  }

  private static Population scored(List<BlackPixels> genomes) {
    return new Population(genomes.stream().map(g -> new Individual(g, 0, 0)).toList());
  }

  private static GenerationContext context(int generation) {
    return new GenerationContext(
        generation,
        Region.everywhere(CANVAS),
        org.whisker.random.SplitMix64.stream(1, "test", generation));
  }

  private static EvolutionOptions options(SearchMethod method, RegionSchedule regions) {
    return EvolutionOptions.question()
        .withMethod(method)
        .withRegions(regions)
        .withStop(StopRules.after(80))
        .withLambda(0);
  }

  private static Evolution evolution(EvolutionOptions options) {
    return new Evolution(options, CANVAS, Planted::weightedSum);
  }
}
