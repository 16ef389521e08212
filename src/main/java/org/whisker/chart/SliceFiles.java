package org.whisker.chart;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.whisker.boundary.Slice;
import org.whisker.boundary.SliceGrid;
import org.whisker.boundary.SlicePlane;
import org.whisker.chart.kit.Captioned;
import org.whisker.chart.kit.ColorBar;
import org.whisker.chart.kit.ColorMap;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.PictureFigure;
import org.whisker.chart.kit.Row;
import org.whisker.chart.kit.Scale;
import org.whisker.image.Raster;
import org.whisker.io.CsvWriter;
import org.whisker.io.Decimals;
import org.whisker.io.Npy;
import org.whisker.table.MapFiles;

/**
 * A plane through three pictures as files. Logits are of not-cat; x and y are in root-mean-square
 * gray levels.
 *
 * <ul>
 *   <li>{@code slice.csv}: {@code column,row,x,y,logit,p_cat,clamped_share,clamped_rms}, a row a
 *       place; row 0 is at the top, where y is greatest
 *   <li>{@code p_cat.npy}, {@code logit.npy}: the same as matrices, float64
 *   <li>{@code contour.csv}: {@code line,x,y}, where p(cat) is ½
 *   <li>{@code points.csv}: A, B and C
 *   <li>{@code slice.png}, {@code slice.svg}: p(cat) and the logit
 * </ul>
 */
public final class SliceFiles {
  private static final int GAP = 18;

  private SliceFiles() {}

  /** Writes all of them. The names and pictures are those of A, B and C. */
  public static void write(
      Path folder, String title, List<String> names, List<? extends Raster> pictures, Slice slice)
      throws IOException {
    places(folder, slice);
    contours(folder, slice);
    points(folder, names, slice);
    Drawing drawing = drawing(title, names, pictures, slice);
    drawing.writePng(folder.resolve("slice.png"));
    drawing.writeSvg(folder.resolve("slice.svg"));
  }

  private static void places(Path folder, Slice slice) throws IOException {
    SliceGrid grid = slice.grid();
    double[] probability = new double[grid.places()];
    try (CsvWriter csv =
        open(
            folder,
            "slice",
            "column",
            "row",
            "x",
            "y",
            "logit",
            "p_cat",
            "clamped_share",
            "clamped_rms")) {
      for (int i = 0; i < probability.length; i++) {
        Slice.Place place = slice.places().get(i);
        int column = grid.column(i);
        int row = grid.row(i);
        probability[i] = place.catProbability();
        csv.row(
            column,
            row,
            grid.x(column),
            grid.y(row),
            place.logit(),
            probability[i],
            place.clamped(),
            place.moved());
      }
      csv.finish();
    }
    Npy.write(folder.resolve("p_cat.npy"), grid.size(), grid.size(), probability);
    double[] logits = MapFiles.doubles(slice.logits());
    Npy.write(folder.resolve("logit.npy"), grid.size(), grid.size(), logits);
  }

  private static CsvWriter open(Path folder, String name, String... header) throws IOException {
    return CsvWriter.create(folder.resolve(name + ".csv"), List.of(header));
  }

  private static void contours(Path folder, Slice slice) throws IOException {
    SliceGrid grid = slice.grid();
    try (CsvWriter csv = open(folder, "contour", "line", "x", "y")) {
      for (int line = 0; line < slice.contours().size(); line++) {
        for (SlicePlane.Point point : slice.contours().get(line).points()) {
          csv.row(line + 1, grid.x(point.x()), grid.y(point.y()));
        }
      }
      csv.finish();
    }
  }

  private static void points(Path folder, List<String> names, Slice slice) throws IOException {
    try (CsvWriter csv = open(folder, "points", "point", "image", "x", "y", "logit", "p_cat")) {
      for (int i = 0; i < names.size(); i++) {
        Slice.Corner corner = slice.points().get(i);
        csv.row(
            SlicePanel.name(i),
            names.get(i),
            corner.at().x(),
            corner.at().y(),
            corner.logit(),
            corner.catProbability());
      }
      csv.finish();
    }
  }

  private static Drawing drawing(
      String title, List<String> names, List<? extends Raster> pictures, Slice slice) {
    Scale unit = new Scale(0, 1, "p(cat)");
    Scale logit = Scale.symmetricCovering("logit of not-cat", slice.logits());
    List<Drawing> maps =
        List.of(
            new SlicePanel(title + ": p(cat)", slice, unit, ColorMap.TOWARDS_CAT),
            new ColorBar(unit, ColorMap.TOWARDS_CAT, SlicePanel.SIDE),
            new SlicePanel("logit of not-cat; below 0: cat", slice, logit, ColorMap.DIVERGING),
            new ColorBar(logit, ColorMap.DIVERGING, SlicePanel.SIDE));
    Drawing below = Row.across(2 * GAP, corners(names, pictures, slice));
    Drawing all = new Row(List.of(Row.across(4, maps), below), GAP, true);
    return new Captioned(all, notes(slice));
  }

  private static List<Drawing> corners(
      List<String> names, List<? extends Raster> pictures, Slice slice) {
    List<Drawing> corners = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      double p = slice.points().get(i).catProbability();
      String name = SlicePanel.name(i) + ": " + names.get(i);
      corners.add(PictureFigure.of(pictures.get(i), name, "p(cat) " + Decimals.fixed(p, 4)));
    }
    return corners;
  }

  private static List<String> notes(Slice slice) {
    SliceGrid grid = slice.grid();
    double stretch = (grid.top() - grid.bottom()) / (grid.right() - grid.left());
    String axes =
        "Solid: p(cat) = ½.  Dashed: the triangle.  Distances: white and black are 1 apart;"
            + " a unit of x is drawn "
            + Decimals.rounded(stretch, 3)
            + " times as long as one of y.";
    String hatched =
        "Hatched: some grays would be blacker than black or whiter than white; clamped, they lie"
            + " off the plane (slice.csv says how far).";
    return slice.inside() < 1 ? List.of("", axes, hatched) : List.of("", axes);
  }
}
