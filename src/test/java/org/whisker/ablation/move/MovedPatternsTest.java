package org.whisker.ablation.move;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.whisker.ablation.move.MovedPatterns.MoveCurve;
import org.whisker.ablation.move.MovedPatterns.StrideComb;
import org.whisker.ablation.move.PatternMove.PatternMoves;
import org.whisker.classifier.Classifier;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;
import org.whisker.random.SplitMix64;

class MovedPatternsTest {
  private static final Canvas CANVAS = Canvas.square(32);
  private static final int PERIOD = 8;

  /** Sees nothing but the black pixels. */
  private record Formula(ToDoubleFunction<BlackPixels> logit) implements Classifier {
    @Override
    public String name() {
      return "formula";
    }

    @Override
    public Canvas canvas() {
      return CANVAS;
    }

    @Override
    public float[] logits(List<? extends Raster> pictures) {
      float[] logits = new float[pictures.size()];
      for (int i = 0; i < logits.length; i++) {
        logits[i] = (float) logit.applyAsDouble((BlackPixels) pictures.get(i));
      }
      return logits;
    }

    @Override
    public void close() {}
  }

  /** Ten images of pixels in the left columns. */
  private static List<BlackPixels> leftImages() {
    SplitMix64 random = new SplitMix64(3);
    List<BlackPixels> images = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      BlackPixels image = BlackPixels.none(CANVAS);
      while (image.count() < 6 + i % 3) {
        int index = CANVAS.index(random.nextInt(4), random.nextInt(32));
        image = image.contains(index) ? image : image.with(index);
      }
      images.add(image);
    }
    return images;
  }

  private static MovedPatterns moved(ToDoubleFunction<BlackPixels> logit) {
    return MovedPatterns.of(
        new Formula(logit),
        leftImages(),
        PatternMoves.standard(CANVAS),
        50,
        1,
        done -> {},
        () -> false);
  }

  private static double count(BlackPixels image) {
    return -image.count();
  }

  private static double onTheLeft(BlackPixels image) {
    double left = 0;
    for (int i : image.indices()) {
      left += CANVAS.x(i) < 4 ? 1 : 0;
    }
    return -left;
  }

  /** Sees columns modulo the period only, as a network of that stride without borders. */
  private static double periodic(BlackPixels image) {
    double seen = 0;
    for (int i : image.indices()) {
      seen += CANVAS.x(i) % PERIOD < 4 ? 1 : 0;
    }
    return -seen;
  }

  @Test
  void wherePlaceDoesNotMatterNothingIsLost() {
    MovedPatterns patterns = moved(MovedPatternsTest::count);
    for (MoveCurve curve : MoveCurve.of(patterns, new SplitMix64(1))) {
      for (MoveCurve.Point point : curve.points()) {
        if (!curve.kind().equals("translate")) {
          assertEquals(0, point.delta().mean(), 1e-6, curve.kind() + " " + point.step());
        }
      }
    }
  }

  @Test
  void whereOnlyPlaceMattersAllIsLost() {
    MovedPatterns patterns = moved(MovedPatternsTest::onTheLeft);
    MoveCurve scatter = curve(patterns, "scatter");
    assertTrue(scatter.points().get(0).lost() > 0.8);
    MoveCurve mirror = curve(patterns, "mirror");
    assertEquals(0.5, mirror.points().get(0).lost(), 1e-6);
  }

  @Test
  void combFindsThePeriodAndNoOther() {
    List<StrideComb> combs =
        StrideComb.of(moved(MovedPatternsTest::periodic), 16, new SplitMix64(1));
    assertEquals(List.of(2, 4, 8), combs.stream().map(StrideComb::modulus).toList());
    StrideComb period = combs.get(2);
    assertTrue(period.ciHigh().orElseThrow() < 0, period.toString());
    assertTrue(period.pHolm().orElseThrow() < 0.05, period.toString());
  }

  @Test
  void combOfAPatternTiedToItsPlaceIsFlat() {
    for (StrideComb comb : StrideComb.of(moved(MovedPatternsTest::count), 16, new SplitMix64(1))) {
      assertEquals(0, comb.difference().orElseThrow(), 1e-9);
      assertEquals(1, comb.pHolm().orElseThrow());
    }
  }

  @Test
  void stops() {
    assertThrows(
        CancellationException.class,
        () ->
            MovedPatterns.of(
                new Formula(MovedPatternsTest::count),
                leftImages(),
                PatternMoves.standard(CANVAS),
                50,
                1,
                done -> {},
                () -> true));
  }

  private static MoveCurve curve(MovedPatterns patterns, String kind) {
    return MoveCurve.of(patterns, new SplitMix64(1)).stream()
        .filter(c -> c.kind().equals(kind))
        .findFirst()
        .orElseThrow();
  }
}
