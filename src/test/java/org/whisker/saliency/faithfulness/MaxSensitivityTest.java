package org.whisker.saliency.faithfulness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Raster;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.SaliencyMap.SignConvention;

class MaxSensitivityTest {
  private static final Canvas CANVAS = new Canvas(4, 3);
  private static final GrayImage PICTURE = GrayImage.filled(CANVAS, 0.5f);

  /** Φ(x) = factor · x. */
  private static Function<Raster, SaliencyMap> multiple(float factor) {
    return picture -> {
      float[] values = new float[picture.canvas().pixels()];
      picture.paint(values, 0);
      for (int i = 0; i < values.length; i++) {
        values[i] *= factor;
      }
      return new SaliencyMap(
          picture.canvas(), values, "x", "m", SignConvention.WHITE_TOWARDS_NOT_TARGET);
    };
  }

  private static MaxSensitivity of(Function<Raster, SaliencyMap> method, int samples) {
    MaxSensitivity.Options options = new MaxSensitivity.Options(samples, 0.1, 3);
    return MaxSensitivity.of(method, PICTURE, options, done -> {}, () -> false).orElseThrow();
  }

  @Test
  void isTheLargestChangeInTheCube() {
    MaxSensitivity found = of(multiple(4), 500);
    assertEquals(4 * 0.5 * Math.sqrt(12), found.norm(), 1e-6);
    // never beyond a corner of the cube, and beyond the typical length of a δ in it
    assertTrue(found.largest() <= 4 * 0.1 * Math.sqrt(12));
    assertTrue(found.largest() > 4 * 0.1 * Math.sqrt(12 / 3.0));
    assertEquals(found.largest() / found.norm(), found.relative().getAsDouble());
    assertEquals(
        of(multiple(1), 500).relative().getAsDouble(), found.relative().getAsDouble(), 1e-5);
  }

  @Test
  void moreSamplesCanOnlyMakeItLarger() {
    assertTrue(of(multiple(1), 50).largest() >= of(multiple(1), 5).largest());
    assertTrue(of(multiple(1), 50).largest() > of(multiple(1), 1).largest());
  }

  @Test
  void aZeroMapHasNoRelativeChange() {
    MaxSensitivity found = of(multiple(0), 5);
    assertEquals(0, found.largest());
    assertTrue(found.relative().isEmpty());
  }

  @Test
  void tellsProgressStopsAndRefuses() {
    List<Integer> done = new ArrayList<>();
    MaxSensitivity.Options options = new MaxSensitivity.Options(3, 0.1, 3);
    assertTrue(
        MaxSensitivity.of(multiple(1), PICTURE, options, done::add, () -> done.size() == 2)
            .isEmpty());
    assertEquals(List.of(1, 2), done);
    assertThrows(IllegalArgumentException.class, () -> new MaxSensitivity.Options(0, 0.1, 3));
    assertThrows(
        IllegalArgumentException.class, () -> new MaxSensitivity.Options(1, Double.NaN, 3));
  }
}
