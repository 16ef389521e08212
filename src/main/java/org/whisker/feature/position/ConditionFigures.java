package org.whisker.feature.position;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.whisker.chart.kit.Captioned;
import org.whisker.chart.kit.Charts;
import org.whisker.chart.kit.ColorMap;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Framed.Outline;
import org.whisker.chart.kit.HeatmapFigure;
import org.whisker.chart.kit.Line;
import org.whisker.chart.kit.Line.Band;
import org.whisker.chart.kit.Scale;
import org.whisker.chart.kit.lane.StripPlot;
import org.whisker.chart.kit.lane.StripPlot.Arm;
import org.whisker.image.BlackPixels;
import org.whisker.io.Decimals;
import org.whisker.position.DensityProfile;
import org.whisker.position.PartDensity;
import org.whisker.position.result.ConditionRow;
import org.whisker.position.result.ConditionTables;
import org.whisker.position.result.ConditionTables.LogRatioRow;
import org.whisker.position.result.ResidueRow;
import org.whisker.table.MapFiles.StoredMap;
import org.whisker.value.Text;

/**
 * The figures of one condition of a heatmap.
 *
 * @param c its row of the summary
 */
record ConditionFigures(ConditionRow c) {
  /**
   * The log2 ratio at which the colour scale saturates: one eighth, and eight times, the value
   * expected by chance.
   */
  private static final double MOST_LOG2 = 3;

  private static final int MOST_DOTS = 1_000;
  private static final String MEAN_AND_INTERVAL = "mean over runs, 95 % interval (cut at 0)";

  Drawing frequency(StoredMap map) {
    String runs = Text.of("%d runs, %d of them white", c.runs() + c.whiteRuns(), c.whiteRuns());
    return fromZero(map, "black in the final image", "share of runs", runs);
  }

  Drawing density(StoredMap map) {
    return fromZero(
        map, "density", Densities.TIMES_CHANCE, smoothing() + "; each run weighs the same");
  }

  Drawing allGenerations(StoredMap map) {
    return fromZero(
        map,
        "black in the best image",
        "share of runs and generations",
        "over all generations of all runs, from the first to the last");
  }

  private Drawing fromZero(StoredMap map, String what, String unit, String note) {
    Scale scale = Densities.fromZero(map.max(), unit);
    return new Captioned(sequential(what, map, scale), List.of(note));
  }

  /** A map with a sequential colour scale. */
  HeatmapFigure sequential(String what, StoredMap map, Scale scale) {
    return HeatmapFigure.of(title(what), map.canvas(), map.floats(), scale, ColorMap.SEQUENTIAL);
  }

  Drawing contribution(StoredMap map) {
    return signed("contribution of pixels", map, "0 in runs in which the pixel is white");
  }

  Drawing smoothedContribution(StoredMap map) {
    return signed("contribution, smoothed", map, smoothing());
  }

  private Drawing signed(String what, StoredMap map, String note) {
    float[] values = map.floats();
    Scale scale =
        Scale.symmetricCovering("Δlogit against the target, mean over runs", values).symmetricLog();
    return new Captioned(
        HeatmapFigure.of(title(what), map.canvas(), values, scale, ColorMap.LOGIT),
        List.of(
            "logit against the target with the pixel minus that without it, mean over runs;",
            "red is towards the target, blue away from the target; " + note));
  }

  Drawing logRatio(StoredMap ratio, List<LogRatioRow> rows) {
    double most = Math.max(Math.abs(ratio.min()), Math.abs(ratio.max()));
    double bound = Math.min(MOST_LOG2, most > 0 ? most : 1);
    HeatmapFigure map =
        HeatmapFigure.of(
            title("density against chance"),
            ratio.canvas(),
            ratio.floats(),
            Scale.symmetric(bound, "log2(density / chance)"),
            ColorMap.RATIO);
    BlackPixels above = LogRatioRow.outside(ratio.canvas(), rows, 1);
    BlackPixels below = LogRatioRow.outside(ratio.canvas(), rows, -1);
    List<String> lines = new ArrayList<>();
    String clipped = most > bound ? "; beyond ±" + Densities.text(bound) + " one colour" : "";
    lines.add(smoothing() + clipped);
    if (c.nullDraws().isPresent()) {
      lines.addAll(band(above.count() + below.count(), ratio.canvas().pixels()));
    }
    return new Captioned(map.withOverlays(List.of(new Outline(above), new Outline(below))), lines);
  }

  private List<String> band(int outside, int pixels) {
    return List.of(
        Text.of(
            "outlined: outside the pointwise 95 %% band of %d maps of scattered pixels",
            c.nullDraws().orElseThrow()),
        Text.of(
            "(%.1f %% of pixels, by chance 5 %%); the whole map at once, with pixels and not runs"
                + " as units: p %s",
            100.0 * outside / pixels, Decimals.probability(c.pMap().orElseThrow())));
  }

  Drawing profile(List<DensityProfile.DensityBin> bins) {
    double[] x = bins.stream().mapToDouble(bin -> bin.where().middle()).toArray();
    double[] y = bins.stream().mapToDouble(bin -> bin.mean().density()).toArray();
    Band band =
        Densities.band(
            y,
            bins.stream().map(bin -> bin.mean().ciLow()).toList(),
            bins.stream().map(bin -> bin.mean().ciHigh()).toList());
    Drawing drawing =
        Charts.profile(
            "Density from the border inwards",
            "edge rank u (0 at the border, 1 in the centre)",
            Densities.TIMES_CHANCE,
            List.of(new Line("density", x, y, band)),
            1,
            "chance");
    return new Captioned(drawing, List.of(title(MEAN_AND_INTERVAL)));
  }

  /**
   * Sides and corners; their differences are in the table. When there are too many dots to
   * distinguish, fewer are drawn.
   */
  Drawing parts(List<PartDensity> parts, List<ConditionTables.PartRunRow> runs) {
    int every = (c.runs() + MOST_DOTS - 1) / MOST_DOTS;
    List<Arm> arms =
        parts.stream()
            .filter(part -> !part.isDifference())
            .map(
                part ->
                    Densities.arm(
                        part.part(),
                        thinned(runs, part.part(), every),
                        part.density(),
                        cut(part.ciLow()),
                        part.ciHigh()))
            .toList();
    String shown = every > 1 ? " (dots: one run in " + every + ")" : "";
    return new StripPlot(
        title("by side and corner" + shown),
        Densities.TIMES_CHANCE,
        arms,
        1,
        "chance",
        "95 % interval (cut at 0)");
  }

  private static OptionalDouble cut(OptionalDouble low) {
    return low.isPresent() ? OptionalDouble.of(Math.max(0, low.getAsDouble())) : low;
  }

  private static double[] thinned(List<ConditionTables.PartRunRow> runs, String part, int every) {
    double[] all =
        runs.stream()
            .filter(run -> run.part().equals(part))
            .mapToDouble(ConditionTables.PartRunRow::density)
            .toArray();
    return IntStream.range(0, all.length)
        .filter(i -> i % every == 0)
        .mapToDouble(i -> all[i])
        .toArray();
  }

  Drawing residues(List<ResidueRow> rows, List<ResidueRow.TestRow> tests) {
    return ResiduePlot.of(title(MEAN_AND_INTERVAL), rows, tests);
  }

  private String title(String what) {
    return c.condition() + ": " + what;
  }

  private String smoothing() {
    return "smoothed by a Gaussian with σ = " + Densities.text(c.bandwidthPx()) + " px";
  }

  /**
   * Common elements of charts of relative densities: 1 is the density expected by chance, 0 the
   * minimum.
   */
  static final class Densities {
    /** The unit of a density. */
    public static final String TIMES_CHANCE = "density (1 = chance)";

    private Densities() {}

    /** A scale from 0 to the maximum; to 1 when all values are 0. */
    static Scale fromZero(double max, String unit) {
      return new Scale(0, max > 0 ? max : 1, unit);
    }

    /**
     * A density cannot be negative, so the interval is truncated at 0; the table has the
     * untruncated value.
     */
    static Band band(double[] mean, List<OptionalDouble> low, List<OptionalDouble> high) {
      double[] from = new double[mean.length];
      double[] to = new double[mean.length];
      for (int i = 0; i < mean.length; i++) {
        from[i] = Math.max(0, low.get(i).orElse(mean[i]));
        to[i] = high.get(i).orElse(mean[i]);
      }
      return new Band(from, to);
    }

    /** An arm with its interval, if any. */
    static Arm arm(
        String name, double[] runs, double mean, OptionalDouble low, OptionalDouble high) {
      return new Arm(name, runs, mean, low.orElse(mean), high.orElse(mean));
    }

    /** A number without insignificant digits. */
    static String text(double value) {
      return Decimals.rounded(value, 3).replaceFirst("\\.0+$", "");
    }
  }
}
