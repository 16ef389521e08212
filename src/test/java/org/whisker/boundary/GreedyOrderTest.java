package org.whisker.boundary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.whisker.boundary.BoundaryPaths.GreedyOrder;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;

class GreedyOrderTest {
  private static final Canvas ROW = new Canvas(6, 1);
  private static final double[] WEIGHTS = {-1, 3, -4, 0.5, -2, 100};
  private static final BlackPixels WHITE = BlackPixels.none(ROW);
  private static final BlackPixels FIVE = BlackPixels.of(ROW, 0, 1, 2, 3, 4);

  private static int[] order(boolean best, int block, int candidates, Formula classifier) {
    return new GreedyOrder(best, block, candidates, 4).of(classifier, WHITE, FIVE, done -> {});
  }

  @Test
  void ofALinearLogitItIsTheOrderOfTheWeights() {
    // the end is lower by 3.5, so lower is towards it
    int[] best = {2, 4, 0, 3, 1};
    int[] worst = {1, 3, 0, 4, 2};
    assertArrayEquals(best, order(true, 1, 100, Formula.linear(ROW, 1, WEIGHTS)));
    assertArrayEquals(worst, order(false, 1, 100, Formula.linear(ROW, 1, WEIGHTS)));
    for (int block : new int[] {2, 3, 5, 9}) {
      assertArrayEquals(best, order(true, block, 100, Formula.linear(ROW, 1, WEIGHTS)));
      assertArrayEquals(worst, order(false, block, 1, Formula.smooth(ROW, 1, WEIGHTS)));
    }
  }

  @Test
  void theWayBackIsAwayFromCat() {
    int[] back =
        new GreedyOrder(true, 1, 100, 4)
            .of(Formula.linear(ROW, 1, WEIGHTS), FIVE, WHITE, done -> {});
    // taking black away raises the logit most where the weight is lowest
    assertArrayEquals(new int[] {2, 4, 0, 3, 1}, back);
  }

  @Test
  void theGradientChoosesWhoIsScored() {
    Formula.Smooth one = Formula.smooth(ROW, 1, WEIGHTS);
    assertArrayEquals(new int[] {2, 4, 0, 3, 1}, order(true, 1, 1, one));
    assertEquals(4, one.gradients); // the last pixel needs no choice
    assertEquals(2 + 4, one.scored); // the ends, and one a step
    Formula.Smooth two = Formula.smooth(ROW, 1, WEIGHTS);
    order(true, 1, 2, two);
    assertEquals(3, two.gradients); // of 5, 4 and 3
    assertEquals(2 + 2 + 2 + 2 + 2, two.scored);
    Formula.Smooth all = Formula.smooth(ROW, 1, WEIGHTS);
    order(true, 1, 5, all);
    assertEquals(0, all.gradients);
    assertEquals(2 + 5 + 4 + 3 + 2, all.scored);
    assertEquals(4, all.largestBatch);
  }

  @Test
  void withoutAGradientAllAreScored() {
    Formula plain = Formula.linear(ROW, 1, WEIGHTS);
    assertArrayEquals(new int[] {2, 4, 0, 3, 1}, order(true, 1, 1, plain));
    assertEquals(2 + 5 + 4 + 3 + 2, plain.scored);
  }

  @Test
  void scoresCorrectWhatTheGradientGetsWrong() {
    // the gradient prefers pixel 0, but its effect saturates: only scoring tells
    Formula.Smooth saturating =
        new Formula.Smooth(
            ROW,
            gray -> -Math.min(0.1, 10 * (1 - gray[0])) - (1 - gray[1]) - 0.5 * (1 - gray[2]),
            gray -> new float[] {10, 1, 0.5f, 0, 0, 0});
    BlackPixels end = BlackPixels.of(ROW, 0, 1, 2);
    GreedyOrder trusting = new GreedyOrder(true, 1, 1, 4);
    assertArrayEquals(new int[] {0, 1, 2}, trusting.of(saturating, WHITE, end, done -> {}));
    GreedyOrder scoring = new GreedyOrder(true, 1, 2, 4);
    assertArrayEquals(new int[] {1, 2, 0}, scoring.of(saturating, WHITE, end, done -> {}));
  }

  @Test
  void effectsAreMeasuredAnewAtEachStep() {
    // pixel 2 helps only once pixel 0 is black; before it does nothing
    Formula together =
        new Formula(
            ROW, gray -> -(1 - gray[0]) - 5 * (1 - gray[0]) * (1 - gray[2]) - 0.5 * (1 - gray[1]));
    BlackPixels end = BlackPixels.of(ROW, 0, 1, 2);
    int[] order = new GreedyOrder(true, 1, 100, 4).of(together, WHITE, end, done -> {});
    assertArrayEquals(new int[] {0, 2, 1}, order);
    // in a block of all there is no second look: 0, then 1, then 2
    int[] block = new GreedyOrder(true, 3, 100, 4).of(together, WHITE, end, done -> {});
    assertArrayEquals(new int[] {0, 1, 2}, block);
  }

  @Test
  void ofEqualsTheFirst() {
    Formula flat = Formula.linear(ROW, 1, 0, 0, 0, 0, 0, 0);
    assertArrayEquals(new int[] {0, 1, 2, 3, 4}, order(true, 1, 100, flat));
    assertArrayEquals(
        new int[] {0, 1, 2, 3, 4}, order(true, 1, 2, Formula.smooth(ROW, 1, 0, 0, 0, 0, 0, 0)));
  }

  @Test
  void theLargestOfManyValues() {
    assertEquals(List.of(3, 1, 4), GreedyStep.largest(new double[] {1, 5, 2, 9, 5, 5}, 3));
    assertEquals(List.of(0, 1), GreedyStep.largest(new double[] {2, 2}, 2));
  }

  @Test
  void progressAndRefusals() {
    List<Integer> told = new ArrayList<>();
    new GreedyOrder(true, 2, 9, 4).of(Formula.linear(ROW, 1, WEIGHTS), WHITE, FIVE, told::add);
    assertEquals(List.of(2, 4, 5), told);
    assertThrows(IllegalArgumentException.class, () -> new GreedyOrder(true, 0, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new GreedyOrder(true, 1, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new GreedyOrder(true, 1, 1, 0));
  }
}
