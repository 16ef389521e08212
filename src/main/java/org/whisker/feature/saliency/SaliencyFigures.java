package org.whisker.feature.saliency;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.kit.Captioned;
import org.whisker.chart.kit.CellImage;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Framed;
import org.whisker.chart.kit.Ink;
import org.whisker.chart.kit.Line;
import org.whisker.chart.kit.Line.Band;
import org.whisker.chart.kit.MapPanel;
import org.whisker.chart.kit.MapPanel.MapRow;
import org.whisker.chart.kit.XyPlot;
import org.whisker.feature.saliency.SaliencyCharts.Writing;
import org.whisker.image.Canvas;
import org.whisker.io.Decimals;
import org.whisker.saliency.result.SaliencyFiles.ProfileRow;
import org.whisker.saliency.result.SaliencyFolder;
import org.whisker.saliency.result.SaliencyFolder.FolderMap;
import org.whisker.saliency.result.SaliencyFolder.PictureMap;
import org.whisker.saliency.result.SaliencyRow;
import org.whisker.table.ChartRequest.Overlay;
import org.whisker.table.ChartRequest.Overlay.Style;
import org.whisker.value.Text;

final class SaliencyFigures {
  /** The axis label of a profile from the border inwards. */
  public static final String EDGE_RANK = "edge rank u (0 at the border, 1 in the centre)";

  private static final int GAP = 10;
  private static final int SIDE = 256;
  private static final int LARGE = 384;
  private static final int WIDTH = 480;
  private static final int HEIGHT = 350;
  private static final int LEFT = 70;

  private SaliencyFigures() {}

  /**
   * What writes into the image's folder the image, the map and both over each other as {@code
   * METHOD.png}, the last alone as {@code METHOD-overlay.png}, the profile as {@code
   * METHOD-profile.png}, and a figure of each companion.
   */
  static List<Writing> of(FolderMap of, ChartFiles files) throws IOException {
    Path folder = of.picture().folder();
    Overlay style = files.request().overlay();
    List<Writing> all = new ArrayList<>();
    all.add(() -> files.write(folder, of.stem(), row(of, style)));
    all.add(() -> files.write(folder, of.stem() + "-overlay", overlay(of, style)));
    all.add(() -> files.write(folder, of.stem() + "-profile", profile(of)));
    for (FolderMap.Companion companion : of.companions()) {
      String stem = of.stem() + "-" + companion.name();
      all.add(() -> files.write(folder, stem, figure(of, companion)));
    }
    return all;
  }

  private static Drawing figure(FolderMap of, FolderMap.Companion companion) throws IOException {
    PictureMap map = companion.map();
    MapLook look = MapLook.of(List.of(map));
    String title = name(of) + ", " + companion.name().replace('-', ' ');
    return new Captioned(look.figure(title, map), List.of(meaning(companion, look)));
  }

  private static String name(FolderMap of) {
    return of.picture().name() + ": " + of.method();
  }

  private static String meaning(FolderMap.Companion companion, MapLook look) {
    return switch (companion.name()) {
      case "coverage" ->
          companion.map().unit().equals("windows")
              ? "How many windows cover each pixel: the map is their mean."
              : "The share of the masks that show each pixel.";
      case "standard-error" -> "The standard error of each value of the map.";
      default -> look.legend().get(0);
    };
  }

  /** The map over its picture alone, as large as it is looked at. */
  static Drawing overlay(FolderMap of, Overlay style) throws IOException {
    MapOverlay over = new MapOverlay(MapLook.of(List.of(of.map())), style);
    int longest = Math.max(of.map().canvas().width(), of.map().canvas().height());
    Drawing framed = over.framed(of, (double) LARGE / longest);
    return new Captioned(
        framed,
        List.of(
            of.picture().name() + ", " + of.picture().score(), of.method() + ". " + over.legend()));
  }

  private static Drawing row(FolderMap of, Overlay style) throws IOException {
    PictureMap map = of.map();
    Canvas canvas = map.canvas();
    MapLook look = MapLook.of(List.of(map));
    int zoom = Framed.wholeZoom(canvas.width(), canvas.height(), SIDE);
    MapOverlay laid = new MapOverlay(look, style);
    Framed over = laid.framed(of, zoom);
    SaliencyFolder.Picture picture = of.picture();
    Drawing maps =
        new MapRow(
            MapPanel.equallyWide(
                List.of(
                    panel(
                        picture.name() + ", " + picture.score(),
                        CellImage.of(picture.pixels()),
                        zoom),
                    panel(of.method(), map(map, look), zoom),
                    MapPanel.ofPixels("over each other", over.cells(), zoom, over.overlays()))),
            look.scale(),
            look.colors(),
            GAP);
    List<String> lines = new ArrayList<>(look.legend());
    if (!of.row().settings().isEmpty()) {
      lines.add(of.method() + ": " + of.row().settings());
    }
    if (style.style() == Style.CONTOUR) {
      lines.add(laid.legend());
    }
    return new Captioned(maps, lines);
  }

  private static MapPanel panel(String title, BufferedImage cells, int zoom) {
    return MapPanel.ofPixels(title, cells, zoom, List.of());
  }

  /** Mean |value| from the border inwards, compared with toroidal shifts of the map. */
  static Drawing profile(FolderMap of) {
    List<ProfileRow> rings = of.profile();
    double[] u = rings.stream().mapToDouble(ProfileRow::middle).toArray();
    double[] means = rings.stream().mapToDouble(ProfileRow::meanAbsolute).toArray();
    double mean = of.row().meanAbsolute();
    Band band =
        new Band(
            rings.stream().mapToDouble(ProfileRow::nullLow).toArray(),
            rings.stream().mapToDouble(ProfileRow::nullHigh).toArray());
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

  private static String title(FolderMap of) {
    return name(of) + (of.row().zero() ? " is zero everywhere" : test(of.row()));
  }

  private static String test(SaliencyRow row) {
    OptionalDouble rho = row.rhoEdgeRank();
    OptionalDouble p = row.pEdgeRank();
    if (rho.isEmpty() || p.isEmpty()) {
      return ", alike everywhere or a single ring";
    }
    String chance =
        p.getAsDouble() < 0.001 ? "p < 0.001" : "p = " + Decimals.probability(p.getAsDouble());
    return Text.of(", ρ(u, |value|) = %+.2f, %s", rho.getAsDouble(), chance);
  }

  /** Saliency maps as images with one pixel per cell, alone or overlaid on their image. */
  static BufferedImage map(PictureMap map, MapLook look) {
    float[] shown = look.shown(map);
    return CellImage.of(map.canvas(), i -> look.rgb(shown[i]));
  }
}
