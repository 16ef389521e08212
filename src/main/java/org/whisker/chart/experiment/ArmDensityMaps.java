package org.whisker.chart.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.whisker.chart.kit.ColorMap;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Panel;
import org.whisker.chart.kit.Scale;
import org.whisker.chart.kit.SmallMap;
import org.whisker.image.Canvas;
import org.whisker.table.experiment.ArmDensity;

/**
 * The spatial density of the pixels of each arm, as maps side by side on a common scale, of square
 * roots, so that one hot spot does not flatten the rest.
 *
 * @param maps maps that have a density; at least one
 */
public record ArmDensityMaps(List<OfModel> maps) {
  /** The unit of the scale. */
  public static final String UNIT = "density (1 = chance)";

  private static final int MOST_CELLS = 64;
  private static final int MOST_VALUES = 32;

  /** The density of an arm on a model. */
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

  /** The same for a page, with values shown under the pointer. */
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
        String.format(Locale.ROOT, "%s, %.0f pixels", map.model(), map.arm().meanPixels()),
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
}
