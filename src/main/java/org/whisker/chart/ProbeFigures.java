package org.whisker.chart;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.whisker.chart.kit.Charts;
import org.whisker.chart.kit.ColorMap;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.HeatmapFigure;
import org.whisker.chart.kit.HeatmapRow;
import org.whisker.chart.kit.Line;
import org.whisker.chart.kit.Scale;
import org.whisker.position.BlockMap;
import org.whisker.table.ProbeFiles.Mode;

/**
 * The pictures of a probe, as PNG. Measured and predicted maps share one scale, 0 in its middle.
 */
public final class ProbeFigures {
  private static final String UNIT = "Δlogit of not-cat; below 0 is towards cat";
  private static final String EDGE_RANK = "edge rank u (0 at the border, 1 in the centre)";

  private ProbeFigures() {}

  /**
   * Writes {@code probe.png}, {@code predicted.png} and both side by side as {@code maps.png} (with
   * {@code _remove} for that mode), and the scatter of one against the other. Places at which
   * nothing changes are woven gray.
   */
  public static void maps(Path folder, Mode mode) throws IOException {
    float[] measured = shown(mode.map(), mode.map().values());
    float[] predicted = shown(mode.map(), mode.prediction());
    Scale tight = Scale.symmetricCovering(UNIT, measured, predicted);
    String what = what(mode);
    HeatmapFigure left = map(what + ", measured", mode, measured, tight);
    HeatmapFigure right = map("Predicted by the gradient", mode, predicted, tight);
    left.writePng(folder.resolve(mode.stem("probe") + ".png"));
    right.writePng(folder.resolve(mode.stem("predicted") + ".png"));
    new HeatmapRow(List.of(left, right)).writePng(folder.resolve(mode.stem("maps") + ".png"));
    scatter(mode).writePng(folder.resolve(mode.stem("scatter") + ".png"));
  }

  private static HeatmapFigure map(String title, Mode mode, float[] values, Scale scale) {
    return HeatmapFigure.of(title, mode.map().canvas(), values, scale, ColorMap.DIVERGING);
  }

  private static float[] shown(BlockMap map, double[] values) {
    float[] shown = new float[values.length];
    Arrays.fill(shown, Float.NaN);
    for (int place : map.changed()) {
      shown[place] = (float) values[place];
    }
    return shown;
  }

  private static Drawing scatter(Mode mode) {
    String fit =
        mode.agreement()
            .map(a -> String.format(Locale.ROOT, "ρ %.2f, slope %.2f", a.spearman(), a.slope()))
            .orElse("nothing to compare");
    BlockMap map = mode.map();
    return Charts.scatter(
        what(mode) + ": " + fit,
        "predicted Δlogit",
        "measured Δlogit",
        new Line("places", map.ofChanged(mode.prediction()), map.ofChanged(map.values())),
        "measured as predicted");
  }

  /** Writes {@code profile.png}: mean Δlogit from the border inwards, measured and predicted. */
  public static void profile(Path folder, Mode mode, int parts) throws IOException {
    List<Line> lines =
        List.of(
            line("measured", mode.map().rings(parts)),
            line("predicted by the gradient", mode.map().rings(mode.prediction(), parts)));
    Charts.profile(
            what(mode) + ", from the border inwards",
            EDGE_RANK,
            "mean Δlogit of not-cat",
            lines,
            0,
            "no effect")
        .writePng(folder.resolve(mode.stem("profile") + ".png"));
  }

  private static Line line(String name, List<BlockMap.Ring> rings) {
    return new Line(
        name,
        rings.stream().mapToDouble(ring -> ring.where().middle()).toArray(),
        rings.stream().mapToDouble(ring -> ring.mean().orElse(Double.NaN)).toArray());
  }

  private static String what(Mode mode) {
    int block = mode.map().probe().block();
    String size = block == 1 ? "One pixel" : block + "x" + block + " pixels";
    return size + (mode.label().equals("add") ? " made black" : " made white");
  }
}
