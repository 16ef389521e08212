package org.whisker.boundary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.whisker.boundary.Margin.MarginSearch;
import org.whisker.boundary.Margin.Side;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;

class MarginSearchTest {
  private static final Canvas ROW = new Canvas(4, 1);
  private static final MarginSearch SEARCH = new MarginSearch(10, 2, 8);

  @Test
  void ofALinearLogitBothNumbersAgree() {
    // from white: −4, −3 bring 6 to −1; the two others don't help
    Formula.Smooth classifier = Formula.smooth(ROW, 6, -3, 1, -4, 0.5);
    Margin margin = SEARCH.of(classifier, BlackPixels.none(ROW));
    assertEquals(6, margin.logit());
    assertEquals(Side.NOT_TARGET, margin.side());
    assertEquals(OptionalInt.of(2), margin.flips());
    assertEquals(OptionalInt.of(2), margin.linearFlips());
    assertEquals(-1, margin.lastLogit());
    double norm = Math.sqrt(9 + 1 + 16 + 0.25);
    assertEquals(norm, margin.gradientNorm(), 1e-6);
    assertEquals(6 / norm, margin.linearDistance(), 1e-6);
  }

  @Test
  void aCatIsLedTheOtherWay() {
    Formula.Smooth classifier = Formula.smooth(ROW, 6, -3, 1, -4, 0.5);
    // −1: taking the −4 away gives 3
    Margin margin = SEARCH.of(classifier, BlackPixels.of(ROW, 0, 2));
    assertEquals(Side.TARGET, margin.side());
    assertEquals(OptionalInt.of(1), margin.flips());
    assertEquals(3, margin.lastLogit());
  }

  @Test
  void aGrayPixelGoesWhereItHelps() {
    Formula.Smooth classifier = Formula.smooth(ROW, 0.25, 2, -1, 0, 0);
    GrayImage gray = new GrayImage(ROW, new float[] {0.5f, 0.5f, 0.5f, 0.5f});
    // logit 0.75; pixel 0 to white: −1; pixel 1 to black: −0.5
    Margin margin = SEARCH.of(classifier, gray);
    assertEquals(0.75f, margin.logit());
    assertEquals(OptionalInt.of(1), margin.flips());
    assertEquals(-0.25f, margin.lastLogit());
    assertEquals(OptionalInt.of(1), margin.linearFlips());
  }

  @Test
  void givesUp() {
    Formula.Smooth far = Formula.smooth(ROW, 100, -3, 1, -4, 0.5);
    Margin margin = SEARCH.of(far, BlackPixels.none(ROW));
    assertEquals(OptionalInt.empty(), margin.flips());
    assertEquals(OptionalInt.empty(), margin.linearFlips());
    // each pixel once, the harmful ones too
    assertEquals(100 - 3 + 1 - 4 + 0.5, margin.lastLogit());
    Margin early = new MarginSearch(1, 2, 8).of(far, BlackPixels.none(ROW));
    assertEquals(96, early.lastLogit());
  }

  @Test
  void whatSaturatesTakesMoreThanALineSays() {
    // the slope at white is 8 a pixel, but each gives no more than 1
    Formula.Smooth saturating =
        new Formula.Smooth(
            ROW,
            gray -> {
              double logit = 3.5;
              for (float each : gray) {
                logit -= Math.min(1, 8 * (1 - each));
              }
              return logit;
            },
            gray -> {
              float[] slope = new float[4];
              for (int i = 0; i < 4; i++) {
                slope[i] = gray[i] == 1 ? 8 : 0;
              }
              return slope;
            });
    Margin margin = SEARCH.of(saturating, BlackPixels.none(ROW));
    assertEquals(OptionalInt.of(1), margin.linearFlips());
    assertEquals(OptionalInt.of(4), margin.flips());
  }

  @Test
  void onTheBoundaryNoFlipIsNeededByTheLine() {
    Margin margin = SEARCH.of(Formula.smooth(ROW, 0, 1, 0, 0, 0), BlackPixels.none(ROW));
    assertEquals(Side.TARGET, margin.side());
    assertEquals(OptionalInt.of(0), margin.linearFlips());
    assertEquals(OptionalInt.of(1), margin.flips());
    assertEquals(0, margin.linearDistance());
  }

  @Test
  void withoutAGradientTheDistanceIsInfinite() {
    Margin flat = SEARCH.of(Formula.smooth(ROW, 1, 0, 0, 0, 0), BlackPixels.none(ROW));
    assertEquals(Double.POSITIVE_INFINITY, flat.linearDistance());
    assertEquals(OptionalInt.empty(), flat.linearFlips());
  }

  @Test
  void impossible() {
    assertThrows(IllegalArgumentException.class, () -> new MarginSearch(0, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> new MarginSearch(1, 0, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Margin(1, OptionalInt.of(3), OptionalInt.empty(), 1, 2));
    assertThrows(
        IllegalArgumentException.class,
        () -> new Margin(1, OptionalInt.empty(), OptionalInt.empty(), Double.NaN, 2));
  }
}
