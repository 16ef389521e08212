package org.whisker.feature.ablate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.whisker.ablation.result.ArmImageRow.ArmDensity;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.kit.Captioned;
import org.whisker.chart.kit.ColorMap;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Panel;
import org.whisker.chart.kit.Row;
import org.whisker.chart.kit.Scale;
import org.whisker.chart.kit.SmallMap;
import org.whisker.image.Canvas;
import org.whisker.value.Text;

/**
 * The spatial density of the pixels of each arm, as maps side by side on a common scale, of square
 * roots, so that one hot spot does not flatten the rest.
 *
 * @param maps maps that have a density; at least one
 */
public record ArmDensityMaps(List<OfModel> maps) {
  private static final int A_ROW = 4;
  private static final int GAP = 16;

  /** The unit of the scale. */
  public static final String UNIT = "density (1 = chance)";

  private static final int MOST_CELLS = 64;
  private static final int MOST_VALUES = 32;

  public record OfModel(String model, ArmDensity arm) {
    double[] density() {
      return arm.density().orElseThrow();
    }
  }

  public ArmDensityMaps {
    maps = List.copyOf(maps);
  }

  private Scale scale() {
    double top = 0;
    for (OfModel map : maps) {
      for (double value : map.density()) {
        top = Math.max(top, value);
      }
    }
    return new Scale(0, top > 0 ? top : 1, UNIT).squareRoot();
  }

  /** One panel per map, followed by the scale. */
  List<Drawing> drawings() {
    Scale scale = scale();
    List<Drawing> drawings = new ArrayList<>();
    maps.forEach(map -> drawings.add(small(map, scale)));
    drawings.add(SmallMap.bar(scale, ColorMap.SEQUENTIAL));
    return drawings;
  }

  /** One panel per map and one for the scale, for a page that shows values under the pointer. */
  public List<Panel> panels() {
    Scale scale = scale();
    List<Panel> panels = new ArrayList<>();
    maps.forEach(map -> panels.add(panel(map, scale)));
    panels.add(new Panel(SmallMap.bar(scale, ColorMap.SEQUENTIAL).svg()).withAlt("Scale: " + UNIT));
    return panels;
  }

  private static SmallMap small(OfModel map, Scale scale) {
    Canvas canvas = map.arm().canvas();
    int step = step(canvas, MOST_CELLS);
    Canvas cells = cells(canvas, step);
    return new SmallMap(
        map.arm().arm(),
        Text.of("%s, %.0f pixels", map.model(), map.arm().meanPixels()),
        cells,
        pooled(map, cells, step),
        scale,
        ColorMap.SEQUENTIAL);
  }

  private static Panel panel(OfModel map, Scale scale) {
    Canvas canvas = map.arm().canvas();
    int coarse = step(canvas, MOST_VALUES);
    Canvas under = cells(canvas, coarse);
    return small(map, scale).panel(under, pooled(map, under, coarse), coarse);
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

  /** The smoothing kernel is wider than a cell, so averaging within cells loses no detail. */
  private static float[] pooled(OfModel map, Canvas cells, int step) {
    Canvas canvas = map.arm().canvas();
    double[] values = map.density();
    float[] means = new float[cells.pixels()];
    for (int i = 0; i < values.length; i++) {
      int at = cells.index(canvas.x(i) / step, canvas.y(i) / step);
      means[at] += (float) (values[i] / (step * step));
    }
    return means;
  }

  /**
   * {@code heatmaps} of an experiment: the spatial density of the pixels of each arm's final
   * images.
   */
  public static void draw(Path folder, ChartFiles files) throws IOException {
    ExperimentTitle title = ExperimentTitle.of(folder);
    List<ArmDensity> arms = ArmDensity.read(folder);
    List<ArmDensityMaps.OfModel> maps =
        arms.stream()
            .filter(arm -> arm.density().isPresent())
            .map(arm -> new OfModel(title.model(), arm))
            .toList();
    if (!maps.isEmpty()) {
      Drawing rows = rows(new ArmDensityMaps(maps).drawings());
      files.write(folder, "heatmaps", new Captioned(rows, captions(title, arms)));
    }
  }

  private static Drawing rows(List<Drawing> maps) {
    List<Drawing> rows = new ArrayList<>();
    for (int from = 0; from < maps.size(); from += A_ROW) {
      rows.add(Row.across(GAP, maps.subList(from, Math.min(maps.size(), from + A_ROW))));
    }
    return new Row(rows, GAP, true);
  }

  private static List<String> captions(ExperimentTitle title, List<ArmDensity> arms) {
    List<String> lines = new ArrayList<>();
    lines.add(
        title
            + ": density of black pixels in the final images, each run with the same weight,"
            + " smoothed by 1/32 of the canvas");
    List<String> white =
        arms.stream().filter(a -> a.density().isEmpty()).map(ArmDensity::arm).toList();
    if (!white.isEmpty()) {
      lines.add("without a black pixel in any run: " + String.join(", ", white));
    }
    return lines;
  }
}
