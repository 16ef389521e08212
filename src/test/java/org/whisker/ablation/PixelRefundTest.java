package org.whisker.ablation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.whisker.ablation.PixelRefund.Kind;
import org.whisker.classifier.Classifier;
import org.whisker.evolution.LogitSource;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;

/** On a logit that is a sum over pixels, a refund is the sum of what is refunded for each. */
class PixelRefundTest {
  private static final Canvas CANVAS = Canvas.square(16);

  /** A pixel harms by its depth, and a tenth more in the right half; none at the border. */
  private static double harm(int pixel) {
    double depth = CANVAS.borderDistance(pixel);
    return depth == 0 ? 0 : depth + (2 * CANVAS.x(pixel) >= CANVAS.width() ? 0.1 : 0);
  }

  private static PixelRefund refund() {
    PlantedModel model = new PlantedModel(CANVAS, (pixel, padding) -> harm(pixel));
    try (Classifier network = model.open(new ModelVariant.AsStored())) {
      return PixelRefund.of(
          PixelRefund.probe(network, 64, done -> {}, () -> false), LogitSource.of(network, 64), 1);
    }
  }

  private static double of(PixelRefund refund, int x, int y) {
    return refund.of(BlackPixels.of(CANVAS, CANVAS.index(x, y)));
  }

  private static double total(PixelRefund refund) {
    return IntStream.range(0, CANVAS.pixels())
        .mapToDouble(p -> refund.of(BlackPixels.of(CANVAS, p)))
        .sum();
  }

  @Test
  void eachPixelIsRefundedItsOwnCost() {
    PixelRefund own = refund();
    double atBorder = of(own, 0, 5);
    assertEquals(0, atBorder, 1e-6);
    double shallow = of(own, 3, 6);
    double deep = of(own, 7, 7);
    double right = of(own, 8, 7);
    assertTrue(shallow > 1 && deep > shallow + 2 && right > deep, shallow + " " + deep + right);
  }

  @Test
  void theEvenPlaceboRefundsAsMuchEverywhere() {
    PixelRefund even = refund().as(Kind.EVEN, 1);
    assertEquals(of(even, 0, 0), of(even, 7, 7), 1e-9);
    assertTrue(of(even, 0, 0) > 0);
  }

  @Test
  void theReversedPlaceboRefundsTheBorderWhatTheCentreHarms() {
    PixelRefund reversed = refund().as(Kind.REVERSED, 1);
    assertEquals(0, of(reversed, 7, 7), 1e-6);
    assertTrue(of(reversed, 0, 0) > of(reversed, 4, 4));
    assertEquals(total(refund()), total(reversed), 0.01 * total(refund()), "the same values");
  }

  @Test
  void theShuffledPlaceboRefundsTheSameValuesElsewhereDrawnForEachRun() {
    PixelRefund own = refund();
    PixelRefund one = own.as(Kind.SHUFFLED, 1);
    assertEquals(total(own), total(one), 0.01 * total(own));
    assertEquals(of(one, 7, 7), of(own.as(Kind.SHUFFLED, 1), 7, 7), 0);
    int[] row = IntStream.range(0, 16).map(x -> CANVAS.index(x, 7)).toArray();
    BlackPixels middle = BlackPixels.of(CANVAS, row);
    assertNotEquals(one.of(middle), own.as(Kind.SHUFFLED, 2).of(middle));
    assertNotEquals(one.of(middle), own.of(middle));
  }
}
