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
import org.whisker.image.Canvas;
import org.whisker.image.Raster;
import org.whisker.io.Decimals;
import org.whisker.saliency.result.SaliencyFiles.ProfileRow;
import org.whisker.saliency.result.SaliencyFolder;
import org.whisker.saliency.result.SaliencyFolder.FolderMap;
import org.whisker.saliency.result.SaliencyFolder.PictureMap;
import org.whisker.saliency.result.SaliencyRow;
import org.whisker.value.Text;

final class SaliencyFigures {
  /** The axis label of a profile from the border inwards. */
  public static final String EDGE_RANK = "edge rank u (0 at the border, 1 in the centre)";

  private static final int GAP = 10;
  private static final int SIDE = 256;
  private static final int WIDTH = 480;
  private static final int HEIGHT = 350;
  private static final int LEFT = 70;

  private SaliencyFigures() {}

  /**
   * Writes the image, the map and their overlay as {@code METHOD.png}, the profile as {@code
   * METHOD-profile.png}, and a figure of each companion, into the image's folder.
   */
  static void write(FolderMap of, ChartFiles files) throws IOException {
    Path folder = of.picture().folder();
    files.write(folder, of.stem(), overlay(of));
    files.write(folder, of.stem() + "-profile", profile(of));
    for (FolderMap.Companion companion : of.companions()) {
      PictureMap map = companion.map();
      MapLook look = MapLook.of(List.of(map));
      String title = name(of) + ", " + companion.name().replace('-', ' ');
      files.write(
          folder,
          of.stem() + "-" + companion.name(),
          new Captioned(look.figure(title, map), List.of(meaning(companion, look))));
    }
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

  private static Drawing overlay(FolderMap of) {
    PictureMap map = of.map();
    Canvas canvas = map.canvas();
    MapLook look = MapLook.of(List.of(map));
    int zoom = Framed.wholeZoom(canvas.width(), canvas.height(), SIDE);
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
                    panel("over each other", overlayCell(picture.pixels(), map, look), zoom))),
            look.scale(),
            look.colors(),
            GAP);
    List<String> lines = new ArrayList<>(look.legend());
    if (!of.row().settings().isEmpty()) {
      lines.add(of.method() + ": " + of.row().settings());
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

  /** The lightness of black under a map, whose colours must remain distinguishable. */
  private static final double DARKEST = 0.45;

  /** Pictures that are darker on the whole are lightened. */
  private static final double MEAN = 0.55;

  /** Saliency maps as images with one pixel per cell, alone or overlaid on their image. */
  static BufferedImage map(PictureMap map, MapLook look) {
    float[] shown = look.shown(map);
    return CellImage.of(map.canvas(), i -> look.rgb(shown[i]));
  }

  /** The map's colours, darkened where the picture, lightened, is dark. */
  static BufferedImage overlayCell(Raster picture, PictureMap map, MapLook look) {
    float[] gray = picture.grayValues();
    float[] shown = look.shown(map);
    double gamma = gamma(gray);
    return CellImage.of(
        picture.canvas(),
        i -> {
          double light =
              DARKEST + (1 - DARKEST) * Math.pow(Math.min(1, Math.max(0, gray[i])), gamma);
          int rgb = look.rgb(shown[i]);
          return dimmed(rgb >> 16, light) << 16 | dimmed(rgb >> 8, light) << 8 | dimmed(rgb, light);
        });
  }

  /** The exponent that gives a dark picture a mean of about {@value #MEAN}. */
  private static double gamma(float[] gray) {
    double sum = 0;
    for (float value : gray) {
      sum += value;
    }
    double mean = Math.max(0.02, sum / gray.length);
    return mean >= MEAN ? 1 : Math.log(MEAN) / Math.log(mean);
  }

  private static int dimmed(int channel, double light) {
    return (int) Math.round((channel & 0xff) * light);
  }
}
