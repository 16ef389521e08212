package org.whisker.table;

import java.util.List;
import java.util.Map;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Raster;
import org.whisker.random.SplitMix64;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.Diagnostic;
import org.whisker.saliency.MapEdgeIndex;
import org.whisker.saliency.Method;
import org.whisker.saliency.RadialProfile;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.SignConvention;
import org.whisker.saliency.method.OcclusionMethod;

/** Maps of pictures, made up. */
public final class MadeMaps {
  public static final Canvas CANVAS = new Canvas(12, 10);

  private MadeMaps() {}

  static ExplainedPicture picture(String name, Raster raster) {
    String folder = name.replaceAll("[^a-z]", "");
    return new ExplainedPicture(name, folder, name + ".png", raster, false, -0.5, 0.62);
  }

  public static ExplainedPicture photo(String name) {
    return picture(name, GrayImage.filled(CANVAS, 0.5f));
  }

  public static ExplainedPicture evolved(String name) {
    return picture(name, BlackPixels.of(CANVAS, 3, 50));
  }

  /** Rising from {@code -scale} to {@code scale}; without signs from 0. */
  public static SaliencyMap map(Canvas canvas, Method method, SignConvention sign, double scale) {
    float[] values = new float[canvas.pixels()];
    for (int i = 0; i < values.length; i++) {
      double share = values.length == 1 ? 1 : i / (values.length - 1.0);
      values[i] = (float) (scale * (sign == SignConvention.MAGNITUDE ? share : 2 * share - 1));
    }
    return new SaliencyMap(canvas, values, "logits", method.label(), sign);
  }

  public static SaliencyMap zero(Method method) {
    return map(CANVAS, method, SignConvention.CONTENT_TOWARDS_NOT_CAT, 0);
  }

  public static ExplainedMap explained(ExplainedPicture picture, Method method, SaliencyMap map) {
    List<Attribution.Companion> companions =
        method.equals(OcclusionMethod.METHOD)
            ? List.of(
                new Attribution.Companion(
                    "coverage", map(map.canvas(), method, SignConvention.MAGNITUDE, 9)))
            : List.of();
    Map<Diagnostic, Double> numbers =
        method.equals(OcclusionMethod.METHOD)
            ? Map.of(Diagnostic.WINDOWS, 12.0, Diagnostic.SCORED, 7.0)
            : Map.of();
    SplitMix64 random = SplitMix64.stream(1, "made", 0);
    return new ExplainedMap(
        picture,
        "window <3>",
        new Attribution(method, map, companions, numbers),
        RadialProfile.of(map, 5, 39, random),
        MapEdgeIndex.of(map, 39, random));
  }

  public static ExplainedMap explained(ExplainedPicture picture, Method method) {
    return explained(
        picture,
        method,
        map(
            picture.raster().canvas(),
            method,
            switch (method.sign()) {
              case MAGNITUDE, CONTENT_TOWARDS_CAT -> method.sign();
              default -> SignConvention.CONTENT_TOWARDS_NOT_CAT;
            },
            2));
  }
}
