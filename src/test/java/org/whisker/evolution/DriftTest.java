package org.whisker.evolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.evolution.Evolution.GenerationListener;
import org.whisker.evolution.Genetic.Replacement;
import org.whisker.evolution.operator.Border;
import org.whisker.evolution.operator.Crossover;
import org.whisker.evolution.operator.Edit;
import org.whisker.evolution.operator.EditKind;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeRank;
import org.whisker.image.Region;
import org.whisker.random.SplitMix64;

/**
 * What operators do to positions when nothing is selected for: E against ½, or what is documented.
 */
class DriftTest {
  private static final Canvas CANVAS = new Canvas(16, 12);
  private static final EdgeRank RANKS = new EdgeRank(CANVAS);

  /** A run's E over the runs: mean and standard error. */
  private record Drift(double mean, double error) {
    static Drift of(double[] values) {
      double mean = IntStream.range(0, values.length).mapToDouble(i -> values[i]).sum();
      mean /= values.length;
      double squares = 0;
      for (double value : values) {
        squares += (value - mean) * (value - mean);
      }
      double n = values.length;
      return new Drift(mean, Math.sqrt(squares / (n - 1) / n));
    }

    void assertAt(double expected, double margin) {
      assertTrue(error < 0.012, "too few runs to tell: standard error " + error);
      assertEquals(expected, mean, margin + 4 * error);
    }
  }

  @ParameterizedTest
  @EnumSource(Crossover.class)
  void crossoverWithSinglePixelMutation(Crossover crossover) {
    EvolutionOptions options =
        EvolutionOptions.question()
            .withGenetic(g -> g.withCrossover(crossover).withMutation(always()));
    flatRuns(options, 400, 40).assertAt(0.5, 0);
  }

  @ParameterizedTest
  @EnumSource(EditKind.class)
  void editInALongChain(EditKind kind) {
    // Add or remove in turn so that the count stays; 10 black pixels is the level.
    double[] runs = new double[300];
    for (int seed = 0; seed < runs.length; seed++) {
      SplitMix64 random = SplitMix64.stream(seed, "chain", kind.name().length());
      BlackPixels genome = Genomes.random(CANVAS, 10, random);
      for (int step = 0; step < 300; step++) {
        EditKind next = balanced(kind, genome);
        genome =
            next.draw(genome, Region.everywhere(CANVAS), Border.RESAMPLE, random)
                .orElseThrow()
                .apply(genome);
      }
      runs[seed] = RANKS.edgeIndex(genome).orElseThrow();
    }
    Drift.of(runs).assertAt(0.5, kind == EditKind.NUDGE ? 0.01 : 0);
  }

  @ParameterizedTest
  @EnumSource(Border.class)
  void nudgesInALongChain(Border border) {
    double[] runs = new double[400];
    for (int seed = 0; seed < runs.length; seed++) {
      SplitMix64 random = SplitMix64.stream(seed, "nudges", 0);
      BlackPixels genome = Genomes.random(CANVAS, 10, random);
      for (int step = 0; step < 1200; step++) {
        Optional<Edit> edit =
            EditKind.NUDGE.draw(genome, Region.everywhere(CANVAS), border, random);
        genome = edit.isPresent() ? edit.get().apply(genome) : genome;
      }
      runs[seed] = RANKS.edgeIndex(genome).orElseThrow();
    }
    boolean fair = border == Border.CLAMP || border == Border.WRAP;
    Drift.of(runs).assertAt(fair ? 0.5 : border == Border.REFLECT ? 0.558 : 0.505, fair ? 0 : 0.01);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tournament:3", "truncation:0.3", "roulette", "rank:2.0"})
  void selectionAmongEquals(String selection) {
    EvolutionOptions options =
        EvolutionOptions.question()
            .withGenetic(g -> g.withSelection(Selection.parse(selection)).withMutation(always()));
    flatRuns(options, 300, 40).assertAt(0.5, 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20})
  void steadyState(int offspring) {
    EvolutionOptions options =
        EvolutionOptions.question()
            .withGenetic(
                g ->
                    g.withReplacement(new Replacement.SteadyState(offspring))
                        .withMutation(always()));
    flatRuns(options, 600, 40).assertAt(0.5, 0);
  }

  @Test
  void flipsPerPixel() {
    Mutation flips = always().withPer(Mutation.Per.PIXEL).withProbability(0.01);
    flatRuns(EvolutionOptions.question().withGenetic(g -> g.withMutation(flips)), 300, 40)
        .assertAt(0.5, 0);
  }

  private static EditKind balanced(EditKind kind, BlackPixels genome) {
    return switch (kind) {
      case MOVE, NUDGE -> kind;
      case ADD, STROKE -> genome.count() > 10 ? EditKind.REMOVE : kind;
      case REMOVE, ERASE -> genome.count() <= 10 ? EditKind.ADD : kind;
    };
  }

  @Test
  void everyPixelIsStruckAlike() {
    SplitMix64 random = new SplitMix64(7);
    int[] struck = new int[CANVAS.pixels()];
    int draws = 200_000;
    for (int i = 0; i < draws; i++) {
      BlackPixels stroke = EditKind.anywhere(Region.everywhere(CANVAS), random);
      IntStream.of(stroke.indices()).forEach(p -> struck[p]++);
    }
    double expected = IntStream.of(struck).sum() / (double) struck.length;
    for (int p = 0; p < struck.length; p++) {
      assertEquals(expected, struck[p], 5 * Math.sqrt(expected), "pixel " + p);
    }
  }

  @Test
  void aLoneNudgedPixelFollowsTheNumberOfNeighbours() {
    Canvas canvas = new Canvas(9, 7);
    EdgeRank ranks = new EdgeRank(canvas);
    SplitMix64 random = new SplitMix64(11);
    BlackPixels genome = BlackPixels.of(canvas, 0);
    double sum = 0;
    int steps = 200_000;
    for (int i = 0; i < steps; i++) {
      genome =
          EditKind.NUDGE
              .draw(genome, Region.everywhere(canvas), Border.RESAMPLE, random)
              .orElseThrow()
              .apply(genome);
      sum += ranks.of(genome.get(0));
    }
    double expected = degreeWeighted(canvas);
    assertTrue(expected > 0.53, "visible on a small canvas: " + expected);
    assertEquals(expected, sum / steps, 0.015);
    assertEquals(0.506, degreeWeighted(Canvas.square(128)), 0.0005, "as documented");
  }

  @Test
  void theQuickPresetBarelyDrifts() {
    flatRuns(EvolutionOptions.quick(), 300, 40).assertAt(0.5, 0.02);
  }

  private static double degreeWeighted(Canvas canvas) {
    EdgeRank ranks = new EdgeRank(canvas);
    double sum = 0;
    double weights = 0;
    for (int p = 0; p < canvas.pixels(); p++) {
      int neighbours = 0;
      for (int square = 0; square < 9; square++) {
        int x = canvas.x(p) + square % 3 - 1;
        int y = canvas.y(p) + square / 3 - 1;
        neighbours += square != 4 && canvas.contains(x, y) ? 1 : 0;
      }
      sum += neighbours * ranks.of(p);
      weights += neighbours;
    }
    return sum / weights;
  }

  private static Mutation always() {
    return EvolutionOptions.question().genetic().mutation().withProbability(1);
  }

  private static Drift flatRuns(EvolutionOptions options, int runs, int generations) {
    EvolutionOptions flat =
        options
            .withGenetic(g -> g.withPopulation(20))
            .withLambda(0)
            .withCacheCapacity(1000)
            .withStop(StopRules.after(generations));
    Evolution evolution = new Evolution(flat, CANVAS, LogitSource.flat(1));
    return Drift.of(
        IntStream.range(0, runs)
            .mapToObj(seed -> evolution.run(seed, GenerationListener.none()).edgeIndex())
            .filter(OptionalDouble::isPresent)
            .mapToDouble(OptionalDouble::getAsDouble)
            .toArray());
  }
}
