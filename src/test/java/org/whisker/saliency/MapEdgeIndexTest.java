package org.whisker.saliency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeRank;
import org.whisker.random.SplitMix64;
import org.whisker.saliency.RadialProfile.MapEdgeIndex;
import org.whisker.saliency.RadialProfile.SaliencyProfile;
import org.whisker.saliency.SaliencyMap.SignConvention;

class MapEdgeIndexTest {
  private static final Canvas CANVAS = new Canvas(20, 16);

  private static SaliencyMap map(float[] values) {
    return new SaliencyMap(
        CANVAS, values, "logits", "made", SignConvention.CONTENT_TOWARDS_NOT_TARGET);
  }

  private static MapEdgeIndex test(float[] values) {
    return MapEdgeIndex.of(map(values), 199, SplitMix64.stream(1, "test", 0)).orElseThrow();
  }

  @Test
  void ofEqualPixelsItIsThatOfAnImage() {
    float[] values = new float[CANVAS.pixels()];
    int[] pixels = {0, 25, 170};
    for (int pixel : pixels) {
      values[pixel] = pixel == 25 ? -2 : 2;
    }
    double expected = new EdgeRank(CANVAS).edgeIndex(BlackPixels.of(CANVAS, pixels)).orElseThrow();
    assertEquals(expected, test(values).index(), 1e-12);
  }

  @Test
  void aUniformMapIsChance() {
    float[] values = new float[CANVAS.pixels()];
    Arrays.fill(values, -3);
    assertEquals(0.5, test(values).index(), 1e-12);
    assertEquals(1, test(values).p());
  }

  @Test
  void findsBothSides() {
    float[] border = new float[CANVAS.pixels()];
    float[] centre = new float[CANVAS.pixels()];
    for (int i = 0; i < border.length; i++) {
      border[i] = CANVAS.borderDistance(i) < 2 ? 1 : 0;
      centre[i] = CANVAS.borderDistance(i) > 5 ? 1 : 0;
    }
    assertTrue(test(border).index() < 0.3);
    assertTrue(test(border).p() <= 0.02, test(border).toString());
    assertTrue(test(centre).index() > 0.8);
    assertTrue(test(centre).p() <= 0.05, test(centre).toString());
  }

  @Test
  void aZeroMapHasNone() {
    SaliencyMap zero = map(new float[CANVAS.pixels()]);
    assertEquals(Optional.empty(), MapEdgeIndex.of(zero, 19, SplitMix64.stream(1, "test", 0)));
    assertEquals(OptionalDouble.empty(), SaliencyProfile.edgeIndex(zero));
  }
}
