package org.whisker.position;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.LongFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeBins;

/** Random functions of images, over many seeds. */
class InteractionsTest {
  private static final Canvas CANVAS = new Canvas(20, 20);
  private static final EdgeBins ZONES = new EdgeBins(CANVAS, 5);
  private static final int SEEDS = 3_000;

  /** Ten pixels of the outermost zone. */
  private static final BlackPixels TEN =
      BlackPixels.of(CANVAS, IntStream.range(0, 10).map(i -> 2 * i).toArray());

  private static BlackPixels withOneOf(int zone) {
    int place =
        IntStream.range(0, CANVAS.pixels())
            .filter(p -> ZONES.binOf(p) == zone && !TEN.contains(p))
            .findFirst()
            .orElseThrow();
    return TEN.with(place);
  }

  private static double mean(
      LongFunction<Interactions> drawn, ToDoubleFunction<Interactions> statistic) {
    return LongStream.range(0, SEEDS)
        .mapToDouble(seed -> statistic.applyAsDouble(drawn.apply(seed)))
        .average()
        .orElseThrow();
  }

  /** A pixel of weight w beside a size of 10 a has a variance of 10 a w times that of a pair. */
  @Test
  void aPixelMeetsAllOthersInPairs() {
    double[] weights = {0.5, 1, 1, 1, 2};
    LongFunction<Interactions> drawn =
        seed ->
            new Interactions.Pairs(
                ZONES, weights, new double[] {1, 5, 20}, new double[] {0.3, 0.3, 0.3}, seed);
    for (int zone : new int[] {0, 4}) {
      BlackPixels more = withOneOf(zone);
      double variance = mean(drawn, it -> Math.pow(it.of(more) - it.of(TEN), 2));
      double expected = 0.09 * weights[zone] * 10 * weights[0];
      assertEquals(expected, variance, 0.1 * expected);
    }
  }

  /** Where a pair is worth less in larger images, one more pixel costs a part of what is there. */
  @Test
  void largerImagesShareWhatTheyHave() {
    LongFunction<Interactions> drawn =
        seed ->
            new Interactions.Pairs(
                ZONES,
                new double[] {1, 1, 1, 1, 5},
                new double[] {1, 5, 20},
                new double[] {1, 0.2, 0.05},
                seed);
    double before = mean(drawn, it -> Math.pow(it.of(TEN), 2));
    for (int zone : new int[] {0, 4}) {
      BlackPixels more = withOneOf(zone);
      double together = mean(drawn, it -> it.of(more) * it.of(TEN));
      double kept = zone == 0 ? 10.0 / 11 : 10.0 / 15;
      assertEquals(kept, together / before, 0.05);
    }
  }

  /** Images that differ by a pixel correlate as said, and by two of them by the square. */
  @Test
  void eachPixelShakesWhatIsThere() {
    double[] kept = {0.99, 0.9, 0.8, 0.7, 0.5};
    LongFunction<Interactions> drawn =
        seed -> new Interactions.Decaying(ZONES, new double[] {2, 2, 2}, kept, seed);
    assertEquals(4, mean(drawn, it -> Math.pow(it.of(TEN), 2)), 0.4);
    for (int zone = 0; zone < kept.length; zone++) {
      BlackPixels more = withOneOf(zone);
      assertEquals(4 * kept[zone], mean(drawn, it -> it.of(more) * it.of(TEN)), 0.4);
    }
    BlackPixels other = withOneOf(4);
    BlackPixels another = withOneOf(3);
    assertEquals(
        4 * 0.5 * 0.7, mean(drawn, it -> it.of(other) * it.of(another)), 0.4, "both have one");
  }
}
