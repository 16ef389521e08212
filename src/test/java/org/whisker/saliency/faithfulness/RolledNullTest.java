package org.whisker.saliency.faithfulness;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.random.SplitMix64;
import org.whisker.saliency.Fill;
import org.whisker.saliency.PaintedClassifier;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.SaliencyMap.SignConvention;
import org.whisker.saliency.faithfulness.MapRolls.RolledNull;

class RolledNullTest {
  private static final Canvas CANVAS = new Canvas(12, 10);
  private static final BlackPixels BLACK =
      BlackPixels.of(CANVAS, IntStream.range(0, CANVAS.pixels()).toArray());
  private final SplitMix64 random = new SplitMix64(3);

  private static SaliencyMap map(float[] values) {
    return new SaliencyMap(CANVAS, values, "logits", "m", SignConvention.CONTENT_TOWARDS_TARGET);
  }

  /** Values that change slowly from place to place, over the borders too. */
  private float[] smooth() {
    double[] phases = IntStream.range(0, 4).mapToDouble(i -> 6.3 * random.nextDouble()).toArray();
    double[] weights = IntStream.range(0, 4).mapToDouble(i -> random.nextGaussian() / 20).toArray();
    float[] values = new float[CANVAS.pixels()];
    for (int i = 0; i < values.length; i++) {
      double x = 2 * Math.PI * CANVAS.x(i) / CANVAS.width();
      double y = 2 * Math.PI * CANVAS.y(i) / CANVAS.height();
      values[i] =
          (float)
              (weights[0] * Math.cos(x + phases[0])
                  + weights[1] * Math.cos(y + phases[1])
                  + weights[2] * Math.cos(x + y + phases[2])
                  + weights[3] * Math.cos(2 * x - y + phases[3]));
    }
    return values;
  }

  private static DeletionInsertion play(float[] weights, float[] map, long seed) {
    return DeletionInsertion.of(
            PaintedClassifier.linear(CANVAS, weights),
            BLACK,
            map(map),
            new DeletionInsertion.Options(
                8, true, Fill.white(), DeletionInsertion.Order.TOWARDS_CAT, 19, 19, seed),
            512,
            done -> {},
            () -> false)
        .orElseThrow();
  }

  private static double p(Optional<RolledNull> rolled) {
    return rolled.orElseThrow().p();
  }

  @Test
  void theRightMapBeatsAllItsRolls() {
    float[] weights = smooth();
    DeletionInsertion found = play(weights, weights, 1);
    assertEquals(0.05, p(found.deletion().logit().rolled()), 1e-12);
    assertEquals(0.05, p(found.insertion().cat().rolled()), 1e-12);
    assertEquals(0.05, p(found.gain().rolled()), 1e-12);
    RolledNull rolled = found.gain().rolled().orElseThrow();
    assertTrue(found.gain().logit() > rolled.high());
    float[] wrong = weights.clone();
    IntStream.range(0, wrong.length).forEach(i -> wrong[i] = -weights[i]);
    assertEquals(1, p(play(weights, wrong, 1).gain().rolled()));
    assertEquals(9, found.deletion().logit().rolledMeans().size());
  }

  /** A logit that counts black pixels gives every order the same area. */
  @Test
  void whereNoPlaceMattersNoPlaceWins() {
    float[] equal = new float[CANVAS.pixels()];
    Arrays.fill(equal, 0.125f);
    DeletionInsertion found = play(equal, smooth(), 2);
    assertEquals(1, p(found.deletion().logit().rolled()));
    assertEquals(1, p(found.gain().rolled()));
    assertEquals(0, found.gain().logit(), 1e-12);
  }

  /**
   * Maps that have nothing to do with the network beat their rolls as often as chance says, but
   * random orders of single pixels far more often: a smooth map goes far to either side.
   */
  @Test
  void unrelatedSmoothMapsBeatRandomOrdersButNotTheirRolls() {
    int replicates = 200;
    int rolled = 0;
    int orders = 0;
    for (int i = 0; i < replicates; i++) {
      DeletionInsertion found = play(smooth(), smooth(), i);
      rolled += p(found.deletion().logit().rolled()) <= 0.1 ? 1 : 0;
      orders += found.deletion().logit().p() <= 0.1 ? 1 : 0;
    }
    assertTrue(rolled >= 8 && rolled <= 36, rolled + " of " + replicates);
    assertTrue(orders > 60, orders + " of " + replicates);
  }

  @Test
  void rollsKeepTheValuesAndMoveThem() {
    float[] values = smooth();
    MapRolls rolls = MapRolls.of(map(values), 5);
    for (int i = 0; i < 50; i++) {
      float[] moved = rolls.rolled(map(values), i).values();
      assertNotEquals(map(values), map(moved));
      int at =
          IntStream.range(0, moved.length)
              .filter(k -> moved[k] == values[0])
              .findFirst()
              .orElseThrow();
      for (int y = 0; y < CANVAS.height(); y++) {
        int x = y * 5 % CANVAS.width();
        int to =
            CANVAS.index((x + CANVAS.x(at)) % CANVAS.width(), (y + CANVAS.y(at)) % CANVAS.height());
        assertEquals(values[CANVAS.index(x, y)], moved[to]);
      }
    }
    assertEquals(rolls.rolled(map(values), 3), rolls.rolled(map(values), 3));
  }

  @Test
  void aMapOfFewPixelsIsRolledAlongThem() {
    float[] values = new float[CANVAS.pixels()];
    int[] places = {3, 30, 31, 77, 100};
    for (int i = 0; i < places.length; i++) {
      values[places[i]] = i + 1;
    }
    for (int number = 0; number < 20; number++) {
      float[] moved = MapRolls.of(map(values), 5).rolled(map(values), number).values();
      float[] there = new float[places.length];
      float sum = 0;
      for (int i = 0; i < places.length; i++) {
        there[i] = moved[places[i]];
        sum += there[i];
      }
      assertEquals(15, sum);
      assertNotEquals(1, there[0]);
      float[] sorted = there.clone();
      Arrays.sort(sorted);
      assertArrayEquals(new float[] {1, 2, 3, 4, 5}, sorted);
    }
    float[] single = new float[CANVAS.pixels()];
    single[7] = 1;
    assertEquals(map(single), MapRolls.of(map(single), 1).rolled(map(single), 0));
  }

  @Test
  void noRollsNoNull() {
    assertEquals(Optional.empty(), RolledNull.of(1, new double[0], true));
    RolledNull low = RolledNull.of(1, new double[] {0, 1, 2}, false).orElseThrow();
    assertEquals(0.75, low.p());
    assertEquals(1, low.mean());
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new DeletionInsertion.Options(
                8, true, Fill.white(), DeletionInsertion.Order.STRONGEST, 19, -1, 1));
  }
}
