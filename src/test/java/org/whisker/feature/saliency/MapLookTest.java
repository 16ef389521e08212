package org.whisker.feature.saliency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.whisker.image.Canvas;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.SaliencyMap.SignConvention;
import org.whisker.saliency.method.OcclusionMethod;
import org.whisker.saliency.method.RiseMethod;
import org.whisker.saliency.result.MadeMaps;
import org.whisker.saliency.result.SaliencyFolder.PictureMap;

class MapLookTest {
  private static final Canvas CANVAS = new Canvas(112, 112);

  private static PictureMap of(SignConvention sign, float[] values) {
    return PictureMap.of(new SaliencyMap(CANVAS, values, "logits", "made", sign));
  }

  private static boolean isRed(int rgb) {
    return (rgb >> 16 & 0xff) > (rgb & 0xff) + 40;
  }

  @Test
  void redIsForCatWhateverTheSign() {
    for (SignConvention sign : SignConvention.values()) {
      if (sign == SignConvention.MAGNITUDE) {
        continue;
      }
      PictureMap map =
          PictureMap.of(MadeMaps.map(MadeMaps.CANVAS, OcclusionMethod.METHOD, sign, 1));
      MapLook look = MapLook.of(List.of(map));
      boolean highIsCat = sign.name().endsWith("TOWARDS_TARGET") && !sign.name().contains("_NOT_");
      float[] shown = look.shown(map);
      assertEquals(highIsCat, isRed(look.rgb(shown[shown.length - 1])), sign.toString());
      assertEquals(!highIsCat, isRed(look.rgb(shown[0])), sign.toString());
      assertEquals(-look.scale().max(), look.scale().min());
    }
  }

  @Test
  void mapsOfAMethodShareTheScaleOfTheStrongest() {
    SignConvention sign = SignConvention.CONTENT_TOWARDS_NOT_TARGET;
    PictureMap weak = PictureMap.of(MadeMaps.map(MadeMaps.CANVAS, OcclusionMethod.METHOD, sign, 1));
    PictureMap strong =
        PictureMap.of(MadeMaps.map(MadeMaps.CANVAS, OcclusionMethod.METHOD, sign, 4));
    assertEquals(4, MapLook.of(List.of(weak, strong)).scale().max(), 1e-6);
  }

  @Test
  void aFewExtremePixelsDoNotPaleTheRest() {
    float[] values = new float[CANVAS.pixels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 2 == 0 ? 1 : -1;
    }
    values[77] = 50;
    MapLook look = MapLook.of(List.of(of(SignConvention.CONTENT_TOWARDS_NOT_TARGET, values)));
    assertEquals(1, look.scale().max());
    assertTrue(look.legend().get(1).contains("the strongest pixel has 50"), look.legend().get(1));
  }

  @Test
  void singlePixelsAreDrawnWiderTheStrongerOnTop() {
    float[] values = new float[CANVAS.pixels()];
    values[CANVAS.index(50, 50)] = 1;
    values[CANVAS.index(51, 50)] = -3;
    values[CANVAS.index(0, 0)] = 2;
    PictureMap map = of(SignConvention.CONTENT_TOWARDS_NOT_TARGET, values);
    MapLook look = MapLook.of(List.of(map));
    float[] shown = look.shown(map);
    // above 0 is for cat in every picture
    assertEquals(-1, shown[CANVAS.index(48, 52)]);
    assertEquals(3, shown[CANVAS.index(49, 50)]);
    assertEquals(3, shown[CANVAS.index(50, 50)]);
    assertEquals(-2, shown[CANVAS.index(2, 2)]);
    assertEquals(0, shown[CANVAS.index(3, 0)]);
    assertTrue(look.legend().get(1).contains("5 pixels wide"), look.legend().get(1));
    // the map itself stays as it is
    assertEquals(0, map.values()[CANVAS.index(48, 52)]);
    assertFalse(
        MapLook.isSparse(
            PictureMap.of(MadeMaps.map(CANVAS, RiseMethod.METHOD, SignConvention.MAGNITUDE, 1))));
  }
}
