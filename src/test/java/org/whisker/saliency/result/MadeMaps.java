package org.whisker.saliency.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.ImageFiles;
import org.whisker.image.Raster;
import org.whisker.io.Manifest;
import org.whisker.random.SplitMix64;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.Attribution.Diagnostic;
import org.whisker.saliency.Method;
import org.whisker.saliency.RadialProfile;
import org.whisker.saliency.RadialProfile.MapEdgeIndex;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.SaliencyMap.SignConvention;
import org.whisker.saliency.method.OcclusionMethod;
import org.whisker.saliency.result.SaliencyFiles.SavedAttribution;

/** Maps of pictures, made up. */
public final class MadeMaps {
  public static final Canvas CANVAS = new Canvas(12, 10);

  private MadeMaps() {}

  public static ExplainedMap.Picture picture(String name, Raster raster) {
    String folder = name.replaceAll("[^a-z]", "");
    return new ExplainedMap.Picture(name, folder, name + ".png", raster, false, -0.5, 0.62);
  }

  public static ExplainedMap.Picture photo(String name) {
    return picture(name, GrayImage.filled(CANVAS, 0.5f));
  }

  public static ExplainedMap.Picture evolved(String name) {
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
    return map(CANVAS, method, SignConvention.CONTENT_TOWARDS_NOT_TARGET, 0);
  }

  public static ExplainedMap explained(
      ExplainedMap.Picture picture, Method method, SaliencyMap map) {
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

  public static ExplainedMap explained(ExplainedMap.Picture picture, Method method) {
    return explained(
        picture,
        method,
        map(
            picture.raster().canvas(),
            method,
            switch (method.sign()) {
              case MAGNITUDE, CONTENT_TOWARDS_TARGET -> method.sign();
              default -> SignConvention.CONTENT_TOWARDS_NOT_TARGET;
            },
            2));
  }

  /** The folder of a job that made these maps. */
  public static SaliencyFolder folder(Path folder, String model, List<ExplainedMap> maps)
      throws IOException {
    List<Map<String, Object>> images = new ArrayList<>();
    for (ExplainedMap.Picture each : maps.stream().map(ExplainedMap::picture).distinct().toList()) {
      Path own = folder.resolve("images").resolve(each.folder());
      Files.createDirectories(own);
      ImageFiles.writePng(own.resolve("picture.png"), each.raster());
      images.add(Map.of("name", each.name(), "folder", "images/" + each.folder()));
    }
    for (ExplainedMap map : maps) {
      Path own = folder.resolve("images").resolve(map.picture().folder());
      SaliencyFiles.write(own, map, false);
      new SavedAttribution(own, map.stem()).write(map.attribution(), Map.of());
    }
    SaliencyFiles.summary(folder, maps.stream().map(SaliencyRow::of).toList());
    Manifest.write(
        folder,
        Map.of(
            "model", Map.of("name", model), "images", images, "notes", List.of("left out: <x>")));
    return SaliencyFolder.read(folder);
  }
}
