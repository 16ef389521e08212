package org.whisker.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.whisker.chart.kit.Band;
import org.whisker.chart.kit.Captioned;
import org.whisker.chart.kit.Charts;
import org.whisker.chart.kit.ColorMap;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.HeatmapFigure;
import org.whisker.chart.kit.Ink;
import org.whisker.chart.kit.Line;
import org.whisker.chart.kit.Outline;
import org.whisker.chart.kit.Row;
import org.whisker.chart.kit.Scale;
import org.whisker.chart.kit.XyPlot;
import org.whisker.chart.kit.lane.Arm;
import org.whisker.chart.kit.lane.StripPlot;
import org.whisker.io.Decimals;
import org.whisker.position.ConditionMaps;
import org.whisker.position.ContributionMap;
import org.whisker.position.DensityProfile;
import org.whisker.position.LogRatio;
import org.whisker.position.NullBand;
import org.whisker.position.PartDensity;
import org.whisker.position.PixelMap;
import org.whisker.position.Placement;
import org.whisker.position.Residues;
import org.whisker.table.MapFiles;

/** The figures of one condition. */
public final class PositionFigures {
  /** log2 beyond which colours stay the same: an eighth, and eight times, of chance. */
  private static final double MOST_LOG2 = 3;

  private static final int MOST_DOTS = 1_000;

  public static final String TIMES_CHANCE = "density (1 = chance)";
  private static final String MEAN_AND_INTERVAL = "mean over runs, 95 % interval (cut at 0)";

  private final ConditionMaps c;

  public PositionFigures(ConditionMaps condition) {
    this.c = condition;
  }

  Drawing frequency() {
    String runs =
        "%d runs, %d of them white".formatted(c.heatmap().runs(), c.heatmap().whiteRuns());
    return fromZero(c.heatmap().frequency(), "black in the final image", runs);
  }

  Drawing density(PixelMap density) {
    return new Captioned(
        sequential("density", density, new Scale(0, top(density), TIMES_CHANCE)),
        List.of(smoothing() + "; each run weighs the same"));
  }

  Drawing allGenerations(PixelMap share) {
    return fromZero(
        share,
        "black in the best image",
        "over all generations of all runs, from the first to the last");
  }

  Drawing contribution(ContributionMap map) {
    return signed("contribution of pixels", map.mean(), "where white it counts as 0");
  }

  Drawing smoothedContribution(ContributionMap map) {
    return signed("contribution, smoothed", map.smoothed(), smoothing());
  }

  private Drawing signed(String what, PixelMap map, String note) {
    float[] values = MapFiles.floats(map.values());
    Scale scale = Scale.symmetricCovering("Δlogit of not-cat, mean over runs", values);
    return new Captioned(
        HeatmapFigure.of(title(what), c.canvas(), values, scale, ColorMap.DIVERGING),
        List.of(
            "logit of not-cat with the pixel minus that without it, mean over runs;",
            "blue is towards cat, red away from cat; " + note));
  }

  Drawing logRatio(LogRatio ratio) {
    double most = Math.max(Math.abs(ratio.ratio().min()), Math.abs(ratio.ratio().max()));
    double bound = Math.min(MOST_LOG2, most > 0 ? most : 1);
    HeatmapFigure map =
        HeatmapFigure.of(
            title("density against chance"),
            c.canvas(),
            MapFiles.floats(ratio.ratio().values()),
            Scale.symmetric(bound, "log2(density / chance)"),
            ColorMap.DIVERGING);
    List<String> lines = new ArrayList<>();
    lines.add(smoothing() + (most > bound ? "; beyond ±" + text(bound) + " one colour" : ""));
    lines.addAll(ratio.band().map(band -> band(band, ratio)).orElse(List.of()));
    return new Captioned(
        map.withOverlays(List.of(new Outline(ratio.above()), new Outline(ratio.below()))), lines);
  }

  private List<String> band(NullBand band, LogRatio ratio) {
    return List.of(
        "outlined: outside the pointwise 95 %% band of %d maps of scattered pixels"
            .formatted(band.draws()),
        "(%.1f %% of pixels, by chance 5 %%); the whole map at once: p = %.3f"
            .formatted(100.0 * ratio.outside() / c.canvas().pixels(), band.pMap()));
  }

  Drawing profile(DensityProfile profile) {
    double[] x = profile.bins().stream().mapToDouble(bin -> bin.where().middle()).toArray();
    double[] y = profile.bins().stream().mapToDouble(DensityProfile.Bin::density).toArray();
    Band band =
        band(
            y,
            profile.bins().stream().map(DensityProfile.Bin::ciLow).toList(),
            profile.bins().stream().map(DensityProfile.Bin::ciHigh).toList());
    Drawing drawing =
        Charts.profile(
            "Density from the border inwards",
            "edge rank u (0 at the border, 1 in the centre)",
            TIMES_CHANCE,
            List.of(new Line("density", x, y, band)),
            1,
            "chance");
    return new Captioned(drawing, List.of(title(MEAN_AND_INTERVAL)));
  }

  /** No density is below 0, whatever the interval's arithmetic says; the table has it uncut. */
  private static Band band(double[] mean, List<OptionalDouble> low, List<OptionalDouble> high) {
    double[] from = new double[mean.length];
    double[] to = new double[mean.length];
    for (int i = 0; i < mean.length; i++) {
      from[i] = Math.max(0, low.get(i).orElse(mean[i]));
      to[i] = high.get(i).orElse(mean[i]);
    }
    return new Band(from, to);
  }

  /** Sides and corners; their differences are in the table. Dots that no eye tells apart: fewer. */
  Drawing parts(List<PartDensity> parts) {
    int runs = parts.get(0).perRun().size();
    int every = (runs + MOST_DOTS - 1) / MOST_DOTS;
    List<Arm> arms =
        parts.stream()
            .filter(part -> part.chance() == 1)
            .map(
                part ->
                    arm(
                        part.name(),
                        thinned(part.perRun(), every),
                        part.mean(),
                        cut(part.ciLow()),
                        part.ciHigh()))
            .toList();
    String shown = every > 1 ? " (dots: one run in " + every + ")" : "";
    return new StripPlot(
        title("by side and corner" + shown),
        TIMES_CHANCE,
        arms,
        1,
        "chance",
        "95 % interval (cut at 0)");
  }

  private static OptionalDouble cut(OptionalDouble low) {
    return low.isPresent() ? OptionalDouble.of(Math.max(0, low.getAsDouble())) : low;
  }

  private static List<Double> thinned(List<Double> runs, int every) {
    return IntStream.range(0, runs.size()).filter(i -> i % every == 0).mapToObj(runs::get).toList();
  }

  public static Arm arm(
      String name, List<Double> runs, double mean, OptionalDouble low, OptionalDouble high) {
    double[] values = runs.stream().mapToDouble(Double::doubleValue).toArray();
    return new Arm(name, values, mean, low.orElse(mean), high.orElse(mean));
  }

  /** A panel a modulus, x and y in each. */
  Drawing residues(List<Residues> all) {
    return residues(title(MEAN_AND_INTERVAL), all);
  }

  /**
   * A panel a modulus, x and y in each.
   *
   * @param caption below them
   */
  static Drawing residues(String caption, List<Residues> all) {
    List<Drawing> rows = new ArrayList<>();
    List<Drawing> row = new ArrayList<>();
    for (int modulus : Residues.MODULI) {
      List<Residues> both = all.stream().filter(r -> r.modulus() == modulus).toList();
      if (!both.isEmpty()) {
        row.add(residues(modulus, both));
      }
      if (row.size() == 2) {
        rows.add(Row.across(0, row));
        row = new ArrayList<>();
      }
    }
    if (!row.isEmpty()) {
      rows.add(Row.across(0, row));
    }
    return new Captioned(new Row(rows, 0, true), List.of(caption));
  }

  private static Drawing residues(int modulus, List<Residues> both) {
    List<String> tests = new ArrayList<>();
    both.forEach(r -> r.whole().pHolm().ifPresent(p -> tests.add(r.axis() + " " + p(p))));
    String corrected = tests.isEmpty() ? "" : ", corrected p: " + String.join(", ", tests);
    XyPlot plot = new XyPlot("Modulo " + modulus + corrected, "residue of x or y", TIMES_CHANCE);
    plot.wholeX();
    plot.reference("chance", 0, 1, modulus - 1, 1);
    for (int i = 0; i < both.size(); i++) {
      plot.line(line(both.get(i)), Ink.series(i), true);
    }
    plot.yFromZero();
    return plot;
  }

  private static Line line(Residues r) {
    double[] residue = IntStream.range(0, r.modulus()).asDoubleStream().toArray();
    double[] density = r.residues().stream().mapToDouble(Residues.Residue::density).toArray();
    Band band =
        band(
            density,
            r.residues().stream().map(Residues.Residue::ciLow).toList(),
            r.residues().stream().map(Residues.Residue::ciHigh).toList());
    return new Line(r.axis(), residue, density, band);
  }

  private static String p(double p) {
    return p < 0.001 ? "< 0.001" : String.format(Locale.ROOT, "%.3f", p);
  }

  private Drawing fromZero(PixelMap map, String what, String note) {
    Scale scale = new Scale(0, top(map), map.unit());
    return new Captioned(sequential(what, map, scale), List.of(note));
  }

  public HeatmapFigure sequential(String what, PixelMap map, Scale scale) {
    return HeatmapFigure.of(
        title(what), map.canvas(), MapFiles.floats(map.values()), scale, ColorMap.SEQUENTIAL);
  }

  /** Where a scale from 0 ends. */
  public static double top(PixelMap map) {
    return map.max() > 0 ? map.max() : 1;
  }

  private String title(String what) {
    return c.label() + ": " + what;
  }

  private String smoothing() {
    return "smoothed by a Gaussian with σ = " + text(c.heatmap().bandwidth()) + " px";
  }

  private static String text(double value) {
    return Decimals.rounded(value, 3).replaceFirst("\\.0+$", "");
  }

  /** The figures that need a black pixel, by the name of their file. */
  java.util.Map<String, Function<Placement, Drawing>> ofPlacement() {
    java.util.Map<String, Function<Placement, Drawing>> figures = new java.util.LinkedHashMap<>();
    figures.put("log_ratio", p -> logRatio(p.logRatio()));
    figures.put("density_profile", p -> profile(p.profile()));
    figures.put("sides", p -> parts(p.parts()));
    figures.put("residues", p -> residues(p.residues()));
    return figures;
  }
}
