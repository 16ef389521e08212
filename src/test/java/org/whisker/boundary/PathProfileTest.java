package org.whisker.boundary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.whisker.boundary.ImagePath.PixelPath;
import org.whisker.boundary.ImagePath.StraightPath;
import org.whisker.boundary.Margin.Side;
import org.whisker.boundary.PathProfile.Crossing;
import org.whisker.classifier.Classifier.NoNumberException;
import org.whisker.command.Errors;
import org.whisker.command.ExitCode;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;

class PathProfileTest {
  private static final Canvas ROW = new Canvas(40, 1);
  private static final int[] ALL = IntStream.range(0, 40).toArray();
  private static final BlackPixels WHITE = BlackPixels.none(ROW);
  private static final BlackPixels BLACK = BlackPixels.of(ROW, ALL);

  private static PathProfile scored(Formula classifier, int block) {
    return PathProfile.of(classifier, new PixelPath(WHITE, BLACK, ALL, block), 7, done -> {});
  }

  @Test
  void aLogitOfTheCountCrossesWhereItSays() {
    Formula falling = Formula.ofBlackCount(ROW, black -> 12.5 - black);
    PathProfile profile = scored(falling, 1);
    assertEquals(41, profile.positions().size());
    assertEquals(List.of(new Crossing(12, 13, 0.5f, -0.5f)), profile.crossings());
    assertTrue(profile.crossings().get(0).towards() == Side.TARGET);
    assertEquals(1 / (1 + Math.exp(12.5)), profile.catProbabilities().get(0), 1e-12);
    assertEquals(7, falling.largestBatch);
    assertEquals(41, falling.scored);
  }

  @Test
  void everyCrossingIsFound() {
    // not monotone: cat from 5 to 9 black pixels and from 20 on
    Formula twice = Formula.ofBlackCount(ROW, n -> (n >= 5 && n <= 9) || n >= 20 ? -1.0 : 2.0);
    List<Crossing> crossings = scored(twice, 1).crossings();
    assertEquals(
        List.of(new Crossing(4, 5, 2, -1), new Crossing(9, 10, -1, 2), new Crossing(19, 20, 2, -1)),
        crossings);
    assertFalse(crossings.get(1).towards() == Side.TARGET);
  }

  @Test
  void blocksAreBisectedToThePixel() {
    Formula twice = Formula.ofBlackCount(ROW, n -> (n >= 5 && n <= 13) || n >= 20 ? -1.0 : 2.0);
    List<Crossing> fine = scored(twice, 1).crossings();
    assertEquals(3, fine.size());
    assertEquals(fine, scored(twice, 6).crossings());
    assertEquals(9, scored(twice, 6).positions().size() + 1); // 0, 6, …, 36, 40
    // what happens twice within a block is not seen
    Formula within = Formula.ofBlackCount(ROW, n -> n == 3 ? -1.0 : 2.0);
    assertEquals(2, scored(within, 1).crossings().size());
    assertEquals(0, scored(within, 6).crossings().size());
  }

  @Test
  void logitZeroIsACat() {
    // p(target) of exactly one half counts as reached
    Formula touching = Formula.ofBlackCount(ROW, black -> black == 7 ? 0.0 : 1.0);
    assertEquals(
        List.of(new Crossing(6, 7, 1, 0), new Crossing(7, 8, 0, 1)),
        scored(touching, 1).crossings());
  }

  @Test
  void theLineIsBisectedToItsTolerance() {
    // logit = 3 − blackness summed over 40 pixels: 0 at t = 0.075
    double[] ones = IntStream.range(0, 40).mapToDouble(i -> -1).toArray();
    for (double tolerance : new double[] {1e-2, 1e-4, 1e-5}) {
      StraightPath line = new StraightPath(WHITE, BLACK, 10, tolerance);
      List<Crossing> found =
          PathProfile.of(Formula.linear(ROW, 3, ones), line, 100, done -> {}).crossings();
      assertEquals(1, found.size());
      assertTrue(
          found.get(0).before() <= 0.0750001 && found.get(0).after() >= 0.0749999, "" + found);
      assertTrue(found.get(0).after() - found.get(0).before() <= tolerance, "" + found);
    }
  }

  @Test
  void aPathOnOneSideHasNone() {
    assertEquals(List.of(), scored(Formula.ofBlackCount(ROW, n -> 1.0 + n), 1).crossings());
    PixelPath still = new PixelPath(BLACK, BLACK, new int[0], 1);
    Formula any = Formula.ofBlackCount(ROW, n -> -1.0);
    PathProfile one = PathProfile.of(any, still, 100, done -> {});
    assertEquals(List.of(-1f), one.logits());
    assertEquals(List.of(), one.crossings());
  }

  @Test
  void progressCountsTheScan() {
    List<Integer> told = new ArrayList<>();
    PathProfile.of(
        Formula.ofBlackCount(ROW, n -> 1.0), new PixelPath(WHITE, BLACK, ALL, 2), 10, told::add);
    assertEquals(List.of(10, 20, 21), told);
  }

  @Test
  void aLogitIsANumber() {
    Formula broken = Formula.ofBlackCount(ROW, n -> n == 30 ? Double.NaN : 1);
    NoNumberException refused = assertThrows(NoNumberException.class, () -> scored(broken, 1));
    assertEquals(
        "formula's logit of a picture is NaN: the network gives no number there",
        refused.getMessage());
    assertEquals(ExitCode.FAILURE, Errors.of(refused).exitCode());
  }

  @Test
  void nothingIsCrossedOnOneSide() {
    assertThrows(IllegalArgumentException.class, () -> new Crossing(0, 1, 1, 2));
    assertThrows(IllegalArgumentException.class, () -> new Crossing(1, 1, 1, -2));
  }
}
