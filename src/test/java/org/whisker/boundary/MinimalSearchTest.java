package org.whisker.boundary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.whisker.classifier.Classifier;
import org.whisker.evolution.LogitSource;
import org.whisker.evolution.Objective.TargetClass;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Tones;

class MinimalSearchTest {
  private static final Canvas CANVAS = new Canvas(4, 4);
  private static final BlackPixels WHITE = BlackPixels.none(CANVAS);
  private static final MinimalSearch SEARCH = new MinimalSearch(16, 4, 2_000, 32);
  private static final ExactMinimum EXACT =
      new ExactMinimum(ExactMinimum.Bound.none(), 20_000, 256);

  private static Removals found(Classifier classifier, BlackPixels start, double target) {
    return SEARCH
        .from(classifier, start, Tones.standard(), target, left -> {}, () -> false)
        .orElseThrow()
        .found()
        .orElseThrow();
  }

  private static int exact(Classifier classifier, double target) {
    return EXACT
        .find(LogitSource.of(classifier, 256), CANVAS, TargetClass.CAT, target, 17)
        .atLeast();
  }

  private static List<BlackPixels> starts() {
    List<BlackPixels> starts = new ArrayList<>(List.of(WHITE));
    IntStream.rangeClosed(1, 3)
        .forEach(draw -> starts.add(MinimalSearch.dense(CANVAS, 0.4, 7, draw)));
    starts.add(BlackPixels.of(CANVAS, IntStream.range(0, 16).toArray()));
    return starts;
  }

  @Test
  void ofALinearLogitEveryStartEndsAtTheMinimum() {
    Formula.Smooth linear = Formula.smooth(CANVAS, 2.8, SmallWeights.of(16));
    for (double target : new double[] {0.5, 0.9}) {
      int least = exact(linear, target);
      assertTrue(least > 1);
      for (BlackPixels start : starts()) {
        Removals set = found(linear, start, target);
        assertEquals(least, set.pixels().count(), "from " + start);
        assertTrue(set.minimal());
      }
    }
  }

  /** The gap that the class comment of the search leaves open, measured where it can be. */
  @Test
  void whereTheLogitIsNotLinearTheGapIsSmall() {
    int searches = 0;
    int exact = 0;
    int nets = 0;
    for (long seed = 1; seed <= 20; seed++) {
      ReluNet net = ReluNet.random(CANVAS, 6, seed);
      int least = exact(net.classifier(), 0.5);
      if (least == 0 || least > 16) {
        continue;
      }
      nets++;
      int best = 17;
      for (BlackPixels start : starts()) {
        Optional<Removals> set =
            SEARCH
                .from(net.classifier(), start, Tones.standard(), 0.5, left -> {}, () -> false)
                .orElseThrow()
                .found();
        if (set.isPresent()) {
          assertTrue(set.get().minimal());
          int gap = set.get().pixels().count() - least;
          assertTrue(gap >= 0 && gap <= 2, "net " + seed + " has a gap of " + gap);
          searches++;
          exact += gap == 0 ? 1 : 0;
          best = Math.min(best, gap);
        }
      }
      assertEquals(0, best, "no start found the smallest set of net " + seed);
    }
    assertTrue(nets >= 10, "only " + nets + " nets have a minimum to find");
    assertTrue(exact >= 0.8 * searches, exact + " of " + searches + " were smallest");
  }

  @Test
  void givesUp() {
    Formula far = Formula.linear(CANVAS, 100, SmallWeights.of(16));
    MinimalSearch.Outcome lost =
        new MinimalSearch(3, 4, 0, 32)
            .from(far, WHITE, Tones.standard(), 0.5, left -> {}, () -> false)
            .orElseThrow();
    assertEquals(Optional.empty(), lost.found());
    assertEquals(3, lost.flips());
    assertEquals(100, lost.startLogit());
    assertEquals(1 + 16 + 15 + 14, lost.evaluations());
  }

  @Test
  void whiteMayBeEnough() {
    Removals none = found(Formula.linear(CANVAS, -1, SmallWeights.of(16)), WHITE, 0.5);
    assertEquals(0, none.pixels().count());
    assertTrue(none.minimal());
    assertTrue(none.largest().isEmpty());
  }

  @Test
  void otherTones() {
    // gray on gray is half as black: twice the pixels
    double[] weights = new double[16];
    Arrays.fill(weights, -1);
    Formula linear = Formula.linear(CANVAS, 2.25, weights);
    Tones half = new Tones(1, 0.5f);
    int black = found(linear, WHITE, 0.5).pixels().count();
    int gray =
        SEARCH
            .from(linear, WHITE, half, 0.5, left -> {}, () -> false)
            .orElseThrow()
            .found()
            .orElseThrow()
            .pixels()
            .count();
    assertEquals(3, black);
    assertEquals(5, gray);
  }

  @Test
  void whatIsStoppedHasNoAnswer() {
    Formula linear = Formula.linear(CANVAS, 2.8, SmallWeights.of(16));
    assertTrue(SEARCH.from(linear, WHITE, Tones.standard(), 0.5, left -> {}, () -> true).isEmpty());
  }

  @Test
  void denseStartsAreOfTheSeed() {
    BlackPixels one = MinimalSearch.dense(CANVAS, 0.25, 1, 1);
    assertEquals(4, one.count());
    assertEquals(one, MinimalSearch.dense(CANVAS, 0.25, 1, 1));
    assertNotEquals(one, MinimalSearch.dense(CANVAS, 0.25, 1, 2));
    assertNotEquals(one, MinimalSearch.dense(CANVAS, 0.25, 2, 1));
    assertThrows(IllegalArgumentException.class, () -> MinimalSearch.dense(CANVAS, 0, 1, 1));
  }

  @Test
  void impossible() {
    assertThrows(IllegalArgumentException.class, () -> new MinimalSearch(0, 1, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new MinimalSearch(1, 1, -1, 1));
  }

  @Test
  void theProofLooksAtEveryPixel() {
    Formula linear = Formula.linear(CANVAS, 3, weights(-2, -1.5, -1, -0.25));
    LogitSource source = LogitSource.of(linear, 3);
    Removals spare = Removals.of(source, BlackPixels.of(CANVAS, 0, 1, 3), TargetClass.CAT, 0.5);
    assertFalse(spare.minimal()); // pixel 3 can go
    assertEquals(
        List.of(1.25f, 0.75f, -0.5f),
        List.of(spare.without(0), spare.without(1), spare.without(2)));
    assertEquals(Classifier.catProbability(-0.5), spare.largest().getAsDouble());
    assertEquals(-1.5f, spare.delta(1));
    assertEquals(3, linear.largestBatch);
    assertTrue(Removals.of(source, BlackPixels.of(CANVAS, 0, 1), TargetClass.CAT, 0.5).minimal());
    // reaches nothing: not a minimal cat
    assertFalse(Removals.of(source, BlackPixels.of(CANVAS, 3), TargetClass.CAT, 0.5).minimal());
  }

  @Test
  void theProofOfManyPixelsMissesNone() {
    Canvas wide = new Canvas(600, 1);
    double[] weights = new double[600];
    Arrays.fill(weights, -1);
    for (int count : new int[] {255, 256, 257, 512, 600}) {
      Formula linear = Formula.linear(wide, count - 0.5, weights);
      BlackPixels set = BlackPixels.of(wide, IntStream.range(0, count).toArray());
      Removals proof = Removals.of(LogitSource.of(linear, 100), set, TargetClass.CAT, 0.5);
      assertEquals(count, proof.pixels().count());
      assertTrue(proof.minimal());
    }
  }

  private static double[] weights(double... first) {
    return Arrays.copyOf(first, 16);
  }
}
