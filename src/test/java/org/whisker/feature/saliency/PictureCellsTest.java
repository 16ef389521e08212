package org.whisker.feature.saliency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.whisker.chart.kit.ColorMap;
import org.whisker.chart.kit.HeatmapTest;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.PlanarImage;
import org.whisker.image.Tone;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.SaliencyMap.SignConvention;
import org.whisker.saliency.method.InputGradient;
import org.whisker.saliency.result.MadeMaps;
import org.whisker.saliency.result.SaliencyFolder.PictureMap;
import org.whisker.table.ChartRequest.Overlay;

class PictureCellsTest {
  private static double light(float gray) {
    SaliencyMap zero = MadeMaps.zero(InputGradient.METHOD);
    PictureMap map = PictureMap.of(zero);
    Canvas canvas = zero.canvas();
    float[] all = new float[canvas.pixels()];
    Arrays.fill(all, gray);
    GrayImage picture = new GrayImage(canvas, all);
    int rgb = over(map, Overlay.STANDARD).cells(picture, map).getRGB(0, 0);
    return HeatmapTest.luminance(rgb & 0xffffff);
  }

  private static MapOverlay over(PictureMap map, Overlay asked) {
    return new MapOverlay(MapLook.of(List.of(map)), asked);
  }

  /** Red for cat, blue against it, and the picture in grays where the map has nothing. */
  @Test
  void aMapHidesItsPictureWhereItIsStrong() {
    Canvas canvas = new Canvas(3, 1);
    float[] values = {2, 0, -2};
    PictureMap map =
        PictureMap.of(
            new SaliencyMap(
                canvas, values, "logits", "made", SignConvention.CONTENT_TOWARDS_NOT_TARGET));
    PlanarImage green = Tone.parse("#00ff00").filled(canvas, PlanarImage.COLOURS);
    BufferedImage signed = over(map, Overlay.parse("signed:1")).cells(green, map);
    assertEquals(ColorMap.P_TARGET.rgb(0), signed.getRGB(0, 0) & 0xffffff);
    assertEquals(ColorMap.P_TARGET.rgb(1), signed.getRGB(2, 0) & 0xffffff);
    int middle = signed.getRGB(1, 0);
    assertEquals(middle >> 16 & 0xff, middle & 0xff, "a gray");
    assertEquals(middle >> 8 & 0xff, middle & 0xff, "a gray");
    BufferedImage positive = over(map, Overlay.parse("positive:1")).cells(green, map);
    assertEquals(middle, positive.getRGB(0, 0), "what is against cat is not shown");
    assertEquals(signed.getRGB(2, 0), positive.getRGB(2, 0));
    int half = over(map, Overlay.parse("signed:0.5")).cells(green, map).getRGB(2, 0);
    assertEquals(
        ((middle & 0xff) + (signed.getRGB(2, 0) & 0xff)) / 2.0, half & 0xff, 1, "half is seen");
  }

  @Test
  void anOverlayThatThereIsNotIsRefused() {
    for (String text : List.of("heat", "signed:2", "signed:0", "signed:x", "")) {
      assertThrows(IllegalArgumentException.class, () -> Overlay.parse(text), text);
    }
    assertEquals(Overlay.STANDARD, Overlay.parse(Overlay.STANDARD.toString()));
  }

  @Test
  void aDarkPhotoIsLightenedUnderItsMap() {
    assertTrue(light(0.15f) > 0.4, "colours remain distinguishable: " + light(0.15f));
    assertEquals(light(0.15f), light(0.3f), 0.02, "as light as any other, on the whole");
    assertTrue(light(0.9f) > light(0.5f), "a light one stays light");
  }
}
