package org.whisker.saliency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.whisker.image.Canvas;
import org.whisker.random.SplitMix64;
import org.whisker.saliency.SaliencyMap.SignConvention;
import org.whisker.stats.Estimate.Interval;

class RadialProfileTest {
  private static final Canvas CANVAS = new Canvas(15, 12);

  private static SaliencyMap map(Canvas canvas, float... values) {
    return new SaliencyMap(
        canvas, values, "logits", "m", SignConvention.CONTENT_TOWARDS_NOT_TARGET);
  }

  private static RadialProfile profile(SaliencyMap map, int shifts) {
    return RadialProfile.of(map, 5, shifts, SplitMix64.stream(1, "test", 0));
  }

  @Test
  void findsAStrongBorder() {
    float[] values = new float[CANVAS.pixels()];
    SplitMix64 random = SplitMix64.stream(2, "values", 0);
    for (int i = 0; i < values.length; i++) {
      float strength = CANVAS.borderDistance(i) == 0 ? 3 : 1;
      values[i] = (random.nextBoolean() ? 1 : -1) * (strength + random.nextFloat());
    }
    RadialProfile found = profile(map(CANVAS, values), 999);
    double border = found.profile().bins().get(0).meanAbsolute();
    assertTrue(border > found.bands().get(0).interval().high());
    assertTrue(found.bands().get(0).p() <= 0.03, found.bands().toString());
    assertTrue(found.byEdgeRank().orElseThrow().statistic() < -0.4);
    assertTrue(found.byEdgeRank().orElseThrow().p() <= 0.02);
    assertEquals(999, found.shifts());
  }

  @Test
  void seldomFindsWhatIsNotThere() {
    int maps = 200;
    int outside = 0;
    int correlated = 0;
    for (int m = 0; m < maps; m++) {
      SplitMix64 random = SplitMix64.stream(3, "values", m);
      float[] values = new float[CANVAS.pixels()];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextFloat();
      }
      RadialProfile found = RadialProfile.of(map(CANVAS, values), 5, 199, random);
      double border = found.profile().bins().get(0).meanAbsolute();
      outside += found.bands().get(0).interval().contains(border) ? 0 : 1;
      correlated += found.byEdgeRank().orElseThrow().p() < 0.05 ? 1 : 0;
    }
    // 10 of 200 expected; 20 is 3 standard deviations above
    assertTrue(outside <= 20, outside + " outside");
    assertTrue(correlated <= 20, correlated + " correlated");
    assertTrue(outside > 0 && correlated > 0);
  }

  @Test
  void aFlatMapHasAFlatBandAndNoCorrelation() {
    for (float value : new float[] {0, 0.3f}) {
      float[] values = new float[CANVAS.pixels()];
      Arrays.fill(values, value);
      values[3] = -value; // |value| is flat all the same
      RadialProfile found = profile(map(CANVAS, values), 19);
      assertTrue(found.byEdgeRank().isEmpty());
      assertEquals(value == 0, found.profile().meanAbsolute() == 0);
      for (RadialProfile.Band band : found.bands()) {
        assertEquals(1, band.p());
        assertEquals(value, band.interval().high(), 1e-6);
      }
    }
  }

  @Test
  void onePixelHasOneBinAndNoCorrelation() {
    RadialProfile found = profile(map(Canvas.square(1), -2), 19);
    assertEquals(1, found.bands().size());
    assertEquals(new Interval(2, 2, 0.95), found.bands().get(0).interval());
    assertFalse(found.byEdgeRank().isPresent());
    assertThrows(IllegalArgumentException.class, () -> profile(map(Canvas.square(1), -2), 18));
  }
}
