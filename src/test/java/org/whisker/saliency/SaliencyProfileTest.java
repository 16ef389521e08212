package org.whisker.saliency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.whisker.image.Canvas;
import org.whisker.saliency.RadialProfile.SaliencyProfile;
import org.whisker.saliency.SaliencyMap.SignConvention;

class SaliencyProfileTest {
  private static SaliencyProfile profile(Canvas canvas, int parts, float... values) {
    return SaliencyProfile.of(
        new SaliencyMap(canvas, values, "x", "m", SignConvention.WHITE_TOWARDS_NOT_TARGET), parts);
  }

  @Test
  void isTheMeanAbsoluteByBinOverThatOfTheMap() {
    // 5x4: a border of 14 pixels, then 6.
    float[] values = new float[20];
    values[0] = -14;
    values[7] = 6;
    values[8] = -6;
    SaliencyProfile profile = profile(new Canvas(5, 4), 2, values);
    assertEquals(2, profile.bins().size());
    assertEquals(1, profile.bins().get(0).meanAbsolute(), 1e-15);
    assertEquals(2, profile.bins().get(1).meanAbsolute(), 1e-15);
    assertEquals(26 / 20.0, profile.meanAbsolute(), 1e-15);
    assertEquals(20 / 26.0, profile.bins().get(0).relative().getAsDouble(), 1e-15);
    assertTrue(profile.meanAbsolute() > 0);
  }

  @Test
  void zeroMapSaysSo() {
    SaliencyProfile profile = profile(new Canvas(5, 4), 10, new float[20]);
    assertEquals(0, profile.meanAbsolute());
    for (SaliencyProfile.Bin bin : profile.bins()) {
      assertEquals(0, bin.meanAbsolute());
      assertTrue(bin.relative().isEmpty());
    }
  }

  @Test
  void onePixelAndSubnormalMapsHaveAMean() {
    assertEquals(1, profile(Canvas.square(1), 10, -3).bins().get(0).relative().getAsDouble());
    SaliencyProfile tiny = profile(Canvas.square(1), 10, Float.MIN_VALUE);
    assertTrue(tiny.meanAbsolute() > 0);
    assertEquals(1, tiny.bins().get(0).relative().getAsDouble());
  }
}
