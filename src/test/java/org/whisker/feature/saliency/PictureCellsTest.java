package org.whisker.feature.saliency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.whisker.chart.kit.HeatmapTest;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.method.InputGradient;
import org.whisker.saliency.result.MadeMaps;
import org.whisker.saliency.result.SaliencyFolder.PictureMap;

class PictureCellsTest {
  private static double light(float gray) {
    SaliencyMap zero = MadeMaps.zero(InputGradient.METHOD);
    PictureMap map = PictureMap.of(zero);
    Canvas canvas = zero.canvas();
    float[] all = new float[canvas.pixels()];
    Arrays.fill(all, gray);
    GrayImage picture = new GrayImage(canvas, all);
    int rgb = SaliencyFigures.overlayCell(picture, map, MapLook.of(List.of(map))).getRGB(0, 0);
    return HeatmapTest.luminance(rgb & 0xffffff);
  }

  @Test
  void aDarkPhotoIsLightenedUnderItsMap() {
    assertTrue(light(0.15f) > 0.4, "colours remain distinguishable: " + light(0.15f));
    assertEquals(light(0.15f), light(0.3f), 0.02, "as light as any other, on the whole");
    assertTrue(light(0.9f) > light(0.5f), "a light one stays light");
  }
}
