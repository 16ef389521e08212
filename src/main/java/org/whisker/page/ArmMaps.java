package org.whisker.page;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.whisker.chart.PositionFigures;
import org.whisker.chart.kit.ColorMap;
import org.whisker.chart.kit.Panel;
import org.whisker.chart.kit.Scale;
import org.whisker.chart.kit.SmallMap;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.position.PixelMap;
import org.whisker.position.PositionHeatmap;
import org.whisker.table.ArmImages;

/** Where the pixels of each arm lie: densities of all arms of all models, on one scale. */
final class ArmMaps {
  private static final int MOST_CELLS = 64;
  private static final int MOST_VALUES = 32;
  private static final String UNIT = "density (1 = chance)";

  private final ReportFolder folder;
  private final String experiment;

  ArmMaps(ReportFolder folder, String experiment) {
    this.folder = folder;
    this.experiment = experiment;
  }

  private record Key(String arm, String model) {}

  /** Empty when no arm has an image with a black pixel. */
  Optional<Figure> figure() throws IOException {
    Map<Key, PositionHeatmap> maps = new LinkedHashMap<>();
    List<String> white = new ArrayList<>();
    String csv = null;
    for (String model : folder.models()) {
      String file = model + "/" + experiment + "/" + ArmImages.FILE;
      Map<String, List<BlackPixels>> arms = ArmImages.read(folder, file);
      for (Map.Entry<String, List<BlackPixels>> arm : arms.entrySet()) {
        if (arms.size() == 1) {
          continue; // the control alone is drawn elsewhere
        }
        PositionHeatmap map = heatmap(arm.getValue());
        if (map.density().isPresent()) {
          maps.put(new Key(arm.getKey(), model), map);
        } else {
          white.add(arm.getKey() + " on " + model);
        }
        csv = csv == null ? file : csv;
      }
    }
    return maps.isEmpty() ? Optional.empty() : Optional.of(figure(maps, white, csv));
  }

  private static PositionHeatmap heatmap(List<BlackPixels> images) {
    return PositionHeatmap.of(images, PositionHeatmap.usualBandwidth(images.get(0).canvas()));
  }

  private static Figure figure(
      Map<Key, PositionHeatmap> maps, List<String> white, @Nullable String csv) {
    double top =
        maps.values().stream()
            .mapToDouble(m -> PositionFigures.top(m.density().orElseThrow()))
            .max()
            .orElseThrow();
    Scale scale = new Scale(0, top, UNIT);
    List<Panel> panels = new ArrayList<>();
    maps.forEach((key, map) -> panels.add(panel(key, map, scale)));
    panels.add(new Panel(SmallMap.bar(scale, ColorMap.SEQUENTIAL).svg()).withAlt("Scale: " + UNIT));
    String none =
        white.isEmpty()
            ? ""
            : " Without a black pixel in any run: " + String.join(", ", white) + ".";
    return new Figure(
        panels,
        "Density of black pixels by arm",
        "Where the final images of each arm have their pixels, all on one scale: smoothed, each run with the same weight, 1 is as dense as chance."
            + none,
        csv);
  }

  private static Panel panel(Key key, PositionHeatmap map, Scale scale) {
    PixelMap density = map.density().orElseThrow();
    String below = String.format(Locale.ROOT, "%s, %.0f pixels", key.model(), map.meanPixels());
    int step = step(density.canvas(), MOST_CELLS);
    int coarse = step(density.canvas(), MOST_VALUES);
    Canvas cells = cells(density.canvas(), step);
    Canvas under = cells(density.canvas(), coarse);
    return new SmallMap(
            key.arm(), below, cells, pooled(density, cells, step), scale, ColorMap.SEQUENTIAL)
        .panel(under, pooled(density, under, coarse), coarse);
  }

  private static int step(Canvas canvas, int most) {
    int step = Math.max(1, Math.max(canvas.width(), canvas.height()) / most);
    while (canvas.width() % step != 0 || canvas.height() % step != 0) {
      step--;
    }
    return step;
  }

  private static Canvas cells(Canvas canvas, int step) {
    return new Canvas(canvas.width() / step, canvas.height() / step);
  }

  /** The smoothing is wider than a cell, so the mean of one loses nothing. */
  private static float[] pooled(PixelMap map, Canvas cells, int step) {
    double[] values = map.values();
    float[] means = new float[cells.pixels()];
    for (int i = 0; i < values.length; i++) {
      int at = cells.index(map.canvas().x(i) / step, map.canvas().y(i) / step);
      means[at] += (float) (values[i] / (step * step));
    }
    return means;
  }
}
