package org.whisker.position;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.whisker.classifier.Classifier;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.LogitSource;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeBins;
import org.whisker.image.EdgeRank;
import org.whisker.image.Raster;
import org.whisker.position.Attraction.Removed;
import org.whisker.position.Attraction.Without;
import org.whisker.position.Forecast.Expected;
import org.whisker.position.LevelRun.Level;
import org.whisker.position.LevelRun.Reached;

/** Forecasts of planted formulas, beside what the same search does on each. */
class ForecastTest {
  private static final Canvas CANVAS = new Canvas(24, 24);
  private static final EdgeRank RANK = new EdgeRank(CANVAS);
  private static final EvolutionOptions SEARCH = EvolutionOptions.question().withGenerations(1200);
  private static final double NEAR = 0.1;

  /** A formula of the black pixels that adds to the logit 3 of white. */
  private record Planted(ToDoubleFunction<BlackPixels> effect) implements Classifier {
    @Override
    public String name() {
      return "planted";
    }

    @Override
    public Canvas canvas() {
      return CANVAS;
    }

    @Override
    public float[] logits(List<? extends Raster> pictures) {
      float[] logits = new float[pictures.size()];
      for (int i = 0; i < logits.length; i++) {
        float[] gray = pictures.get(i).grayValues();
        int[] black = IntStream.range(0, gray.length).filter(p -> gray[p] < 0.5f).toArray();
        logits[i] = (float) (3 + effect.applyAsDouble(BlackPixels.of(CANVAS, black)));
      }
      return logits;
    }

    @Override
    public void close() {
      // holds nothing
    }

    PlaceEffects effects() {
      return PlaceEffects.of(this, PlaceEffects.Design.usual(), 5, done -> {});
    }

    List<Expected> forecast() {
      return Forecast.of(effects(), SEARCH, CANVAS, name(), 6, 7, done -> {});
    }

    /** What changes on fits and on the formula itself, at a level without a part. */
    List<Without> without(Level level, Removed removed) {
      LogitSource source = LogitSource.of(this, 100);
      List<Without> rows =
          new ArrayList<>(Attraction.ofFits(effects(), SEARCH, name(), 6, 7, done -> {}));
      rows.addAll(Attraction.ofNetwork(effects(), source, SEARCH, name(), 6, 7, done -> {}));
      List<Without> found =
          rows.stream().filter(row -> row.level() == level && row.removed() == removed).toList();
      assertEquals(2, found.size(), rows.toString());
      return found;
    }

    /** The mean E of runs of the search itself that reach a level. */
    OptionalDouble observed(Level level) {
      List<Reached> rows = new ArrayList<>();
      for (int seed = 100; seed < 104; seed++) {
        rows.addAll(
            LevelRun.of(SEARCH, CANVAS, LogitSource.of(this, 100), 3, name(), "network", seed));
      }
      return rows.stream()
          .filter(row -> row.level() == level)
          .flatMapToDouble(row -> row.edgeIndex().stream())
          .average();
    }
  }

  private static double count(BlackPixels image, double from, double to) {
    return IntStream.of(image.indices()).filter(p -> RANK.of(p) >= from && RANK.of(p) < to).count();
  }

  private static Expected at(List<Expected> rows, Level level) {
    return rows.stream().filter(row -> row.level() == level).findFirst().orElseThrow();
  }

  /** Compares a forecast with the search itself, and returns it. */
  private static Expected held(Planted planted, Level level) {
    Expected expected = at(planted.forecast(), level);
    double observed = planted.observed(level).orElseThrow();
    assertEquals(observed, expected.edgeIndex().orElseThrow(), NEAR);
    assertTrue(expected.ciLow().orElseThrow() <= observed, () -> observed + " " + expected);
    assertTrue(observed <= expected.ciHigh().orElseThrow(), () -> observed + " " + expected);
    return expected;
  }

  @Test
  void aRimThatAttracts() {
    Expected expected = held(new Planted(image -> -0.5 * count(image, 0, 0.2)), Level.HALF);
    assertEquals("edge", expected.side());
    assertEquals(1, expected.reach());
    assertEquals(expected.pilotEdgeIndex().orElseThrow(), expected.edgeIndex().orElseThrow(), NEAR);
  }

  @Test
  void aCentreThatAttracts() {
    Expected expected = held(new Planted(image -> -0.5 * count(image, 0.8, 1)), Level.TARGET);
    assertEquals("centre", expected.side());
  }

  /** Every pixel helps once three have paid for the middle, and those beside it from the first. */
  @Test
  void aMiddleThatRepels() {
    Planted repelling =
        new Planted(image -> -0.3 * image.count() + 1.5 * (1 - Math.exp(-count(image, 0.5, 1))));
    Expected expected = held(repelling, Level.HALF);
    assertEquals("edge", expected.side());
  }

  /** The rim is worth most at first and soon nothing, so that later pixels lie deeper. */
  @Test
  void aRimThatSaturates() {
    Planted saturating =
        new Planted(
            image -> -1.5 * (1 - Math.exp(-count(image, 0, 0.3))) - 0.2 * count(image, 0.6, 1));
    Expected first = held(saturating, Level.GAIN_1);
    Expected end = held(saturating, Level.END);
    assertTrue(first.edgeIndex().orElseThrow() < 0.4);
    assertTrue(end.edgeIndex().orElseThrow() > 0.6);
    assertTrue(end.edgeIndex().orElseThrow() > end.pilotEdgeIndex().orElseThrow() + 0.2);
  }

  /** A pixel is worth more beside another in the same row, wherever that is. */
  @Test
  void pairsAnywhere() {
    Planted pairs =
        new Planted(
            image -> {
              int[] rows = new int[CANVAS.height()];
              IntStream.of(image.indices()).forEach(p -> rows[CANVAS.y(p)]++);
              int mates = IntStream.of(rows).map(n -> Math.max(0, n - 1)).sum();
              return -0.1 * image.count() - 0.3 * mates;
            });
    Expected expected = held(pairs, Level.HALF);
    assertEquals("none", expected.side());
  }

  /** Pixels help everywhere, most at the rim; nothing costs. */
  @Test
  void withoutTheHelpOfARimThatAttractsPixelsGoElsewhere() {
    Planted attracting =
        new Planted(image -> -0.5 * count(image, 0, 0.4) - 0.2 * count(image, 0.4, 1));
    for (Without row : attracting.without(Level.GAIN_2, Removed.HELP)) {
      assertEquals("edge", row.side());
      assertTrue(row.ciLow().orElseThrow() > 0.1, row.toString());
    }
    for (Without row : attracting.without(Level.GAIN_2, Removed.COST)) {
      assertEquals(0, row.difference().orElseThrow(), 1e-9, row.toString());
    }
  }

  /** A pixel of the two outer fifths gains 1, or costs 2; one of the inner fifths likewise. */
  @Test
  void whatIsRemovedIsHelpOnOneSideAndCostOnTheOther() {
    EdgeBins zones = new EdgeBins(CANVAS, 5);
    double[] effects =
        IntStream.range(0, CANVAS.pixels()).mapToDouble(p -> p % 2 == 0 ? -1 : 2).toArray();
    PlaceFit.Sum sum = new PlaceFit.Sum(3, new double[][] {effects, effects, effects});
    for (int place = 0; place < CANVAS.pixels(); place++) {
      BlackPixels one = BlackPixels.of(CANVAS, place);
      int zone = zones.binOf(place);
      double help = zone < 2 && place % 2 == 0 ? -1 : 0;
      double cost = zone > 2 && place % 2 == 1 ? 2 : 0;
      assertEquals(help, removed(sum, zones, true, Removed.HELP).applyAsDouble(one));
      assertEquals(cost, removed(sum, zones, true, Removed.COST).applyAsDouble(one));
      assertEquals(help + cost, removed(sum, zones, true, Removed.BOTH).applyAsDouble(one));
      double mirrored = zone > 2 && place % 2 == 0 ? -1 : zone < 2 && place % 2 == 1 ? 2 : 0;
      assertEquals(mirrored, removed(sum, zones, false, Removed.BOTH).applyAsDouble(one));
    }
    double[] own = removed(sum, zones, true, Removed.BOTH).effects()[1];
    double[] moved = removed(sum, zones, true, Removed.SHUFFLED).effects()[1];
    assertNotEquals(boxed(own), boxed(moved));
    assertEquals(
        boxed(Arrays.stream(own).sorted().toArray()),
        boxed(Arrays.stream(moved).sorted().toArray()));
  }

  private static PlaceFit.Sum removed(
      PlaceFit.Sum sum, EdgeBins zones, boolean edge, Removed removed) {
    return Attraction.part(sum, zones, edge, removed, 3);
  }

  private static List<Double> boxed(double[] values) {
    return DoubleStream.of(values).boxed().toList();
  }

  @Test
  void whereNothingHelpsNoLevelIsReached() {
    List<Expected> rows = new Planted(image -> 0.2 * image.count()).forecast();
    assertEquals(0, at(rows, Level.HALF).reach());
    assertEquals(0, at(rows, Level.HALF).helping());
    assertTrue(at(rows, Level.HALF).edgeIndex().isEmpty());
    assertTrue(at(rows, Level.HALF).pilotEdgeIndex().isEmpty());
  }

  @Test
  void whiteThatHasALevelIsNotAskedForIt() {
    Planted cat = new Planted(image -> -4 - 0.5 * count(image, 0, 0.2));
    assertTrue(cat.forecast().stream().noneMatch(row -> row.level() == Level.HALF));
  }

  @Test
  void theMiddleNinth() {
    assertEquals(
        OptionalDouble.of(0.5),
        LevelRun.middleNinth(BlackPixels.of(CANVAS, CANVAS.index(8, 15), CANVAS.index(7, 8))));
    assertTrue(LevelRun.middleNinth(BlackPixels.none(CANVAS)).isEmpty());
  }

  @Test
  void aRolledSourceKeepsTheShape() {
    LogitSource seen =
        images -> {
          float[] sums = new float[images.size()];
          for (int i = 0; i < sums.length; i++) {
            sums[i] = images.get(i).count();
          }
          return sums;
        };
    BlackPixels two = BlackPixels.of(CANVAS, 0, CANVAS.pixels() - 1);
    assertEquals(2, LevelRun.rolled(seen, CANVAS, 9).logits(List.of(two))[0]);
  }
}
