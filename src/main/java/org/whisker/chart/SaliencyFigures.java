package org.whisker.chart;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.whisker.chart.kit.Band;
import org.whisker.chart.kit.Captioned;
import org.whisker.chart.kit.CellImage;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Framed;
import org.whisker.chart.kit.Ink;
import org.whisker.chart.kit.Line;
import org.whisker.chart.kit.MapPanel;
import org.whisker.chart.kit.Row;
import org.whisker.chart.kit.XyPlot;
import org.whisker.image.Canvas;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.RadialProfile;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.SaliencyProfile;
import org.whisker.stats.TestResult;
import org.whisker.table.ExplainedMap;
import org.whisker.table.ExplainedPicture;

/** The pictures of one map. */
public final class SaliencyFigures {
  public static final String EDGE_RANK = "edge rank u (0 at the border, 1 in the centre)";
  private static final int GAP = 10;
  private static final int SIDE = 256;
  private static final int WIDTH = 480;
  private static final int HEIGHT = 350;
  private static final int LEFT = 70;

  private SaliencyFigures() {}

  /**
   * Writes the picture, the map and both over each other as {@code METHOD.png}, the profile as
   * {@code METHOD-profile.png}, and a picture of each companion.
   */
  public static void write(Path folder, ExplainedMap of) throws IOException {
    overlay(of).writePng(folder.resolve(of.stem() + ".png"));
    profile(of).writePng(folder.resolve(of.stem() + "-profile.png"));
    for (Attribution.Companion companion : of.attribution().companions()) {
      SaliencyMap map = companion.map();
      MapLook look = MapLook.of(List.of(map));
      String title = of.picture().name() + ": " + of.method() + ", " + words(companion.name());
      new Captioned(look.figure(title, map), List.of(meaning(companion, look)))
          .writePng(folder.resolve(of.stem() + "-" + companion.name() + ".png"));
    }
  }

  private static String meaning(Attribution.Companion companion, MapLook look) {
    return switch (companion.name()) {
      case "coverage" ->
          companion.map().unit().equals("windows")
              ? "How many windows cover each pixel: the map is their mean."
              : "The share of the masks that show each pixel.";
      case "standard-error" -> "The standard error of each value of the map.";
      default -> look.legend().get(0);
    };
  }

  private static String words(String name) {
    return name.replace('-', ' ');
  }

  static Drawing overlay(ExplainedMap of) {
    SaliencyMap map = of.map();
    Canvas canvas = map.canvas();
    MapLook look = MapLook.of(List.of(map));
    int zoom = Framed.wholeZoom(canvas.width(), canvas.height(), SIDE);
    ExplainedPicture picture = of.picture();
    Drawing maps =
        Row.across(
            GAP,
            List.of(
                panel(
                    picture.name() + ", " + picture.score(),
                    CellImage.gray(picture.raster()),
                    zoom),
                panel(of.method(), PictureCells.map(map, look), zoom),
                panel("over each other", PictureCells.overlay(picture.raster(), map, look), zoom),
                look.bar(canvas, zoom)));
    List<String> lines = new ArrayList<>(look.legend());
    if (!of.settings().isEmpty()) {
      lines.add(of.method() + ": " + of.settings());
    }
    return new Captioned(maps, lines);
  }

  private static MapPanel panel(String title, BufferedImage cells, int zoom) {
    return MapPanel.ofPixels(title, cells, zoom, List.of());
  }

  /** Mean |value| from the border inwards, against the same map at other places. */
  public static Drawing profile(ExplainedMap of) {
    RadialProfile radial = of.profile();
    List<SaliencyProfile.Bin> bins = radial.profile().bins();
    double[] u = bins.stream().mapToDouble(bin -> bin.where().middle()).toArray();
    double[] means = bins.stream().mapToDouble(SaliencyProfile.Bin::meanAbsolute).toArray();
    double mean = radial.profile().meanAbsolute();
    Band band =
        new Band(
            radial.bands().stream().mapToDouble(b -> b.interval().low()).toArray(),
            radial.bands().stream().mapToDouble(b -> b.interval().high()).toArray());
    double[] flat = DoubleStream.generate(() -> mean).limit(u.length).toArray();
    XyPlot plot =
        new XyPlot(title(of), EDGE_RANK, "mean |value|, " + of.map().unit(), WIDTH, HEIGHT);
    plot.line(new Line("this map shifted at random: mean, 95 %", u, flat, band), Ink.MUTED, false);
    plot.line(new Line("this map", u, means), Ink.series(0), true);
    plot.leftWidth(LEFT);
    plot.yFromZero();
    plot.xRange(0, 1);
    return plot;
  }

  private static String title(ExplainedMap of) {
    String name = of.picture().name() + ": " + of.method();
    if (of.map().isZero()) {
      return name + " is zero everywhere";
    }
    return name
        + of.profile()
            .byEdgeRank()
            .map(SaliencyFigures::test)
            .orElse(", alike everywhere or a single ring");
  }

  private static String test(TestResult test) {
    String p = test.p() < 0.001 ? "p < 0.001" : String.format(Locale.ROOT, "p = %.3f", test.p());
    return String.format(Locale.ROOT, ", ρ(u, |value|) = %+.2f, %s", test.statistic(), p);
  }
}
