package org.whisker.chart.boundary;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.whisker.boundary.Contour;
import org.whisker.boundary.Slice;
import org.whisker.boundary.StoredPictures;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.file.FolderChart;
import org.whisker.chart.kit.Captioned;
import org.whisker.chart.kit.ColorMap;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.MapRow;
import org.whisker.chart.kit.PictureFigure;
import org.whisker.chart.kit.Row;
import org.whisker.chart.kit.Scale;
import org.whisker.image.Raster;
import org.whisker.io.Decimals;
import org.whisker.io.Manifest;

/** {@code slice.png}: p(cat) and the logit over the plane through three images, and these. */
public final class SliceChart implements FolderChart {
  private static final int GAP = 18;
  private static final int GAP_BAR = 4;

  @Override
  public void draw(Path folder, ChartFiles files) throws IOException {
    Path corners = folder.resolve(StoredPictures.CORNERS);
    if (Files.exists(corners)
        && Slice.Place.TABLE.isIn(folder.resolve(Slice.Place.FILE))
        && Contour.Vertex.TABLE.isIn(folder.resolve(Contour.Vertex.FILE))
        && Slice.NamedCorner.TABLE.isIn(folder.resolve(Slice.NamedCorner.FILE))) {
      String title = Manifest.text(folder, "/model/name");
      files.write(
          folder, "slice", drawing(title, SliceMap.read(folder), StoredPictures.read(corners, 3)));
    }
  }

  private static Drawing drawing(String title, SliceMap map, List<? extends Raster> pictures) {
    Scale unit = new Scale(0, 1, "p(cat)");
    Scale logit = Scale.symmetricCovering("logit of not-cat", map.logits());
    SlicePanel probability = new SlicePanel(title + ": p(cat)", map, unit, ColorMap.P_CAT);
    SlicePanel logits =
        new SlicePanel("logit of not-cat; below 0: cat", map, logit, ColorMap.LOGIT);
    List<MapRow> maps = List.of(probability.withBar(GAP_BAR), logits.withBar(GAP_BAR));
    Drawing below = Row.across(2 * GAP, points(map, pictures));
    Drawing all = new Row(List.of(Row.across(GAP_BAR, maps), below), GAP, true);
    return new Captioned(all, notes(map));
  }

  private static List<Drawing> points(SliceMap map, List<? extends Raster> pictures) {
    List<Drawing> figures = new ArrayList<>();
    for (Slice.NamedCorner point : map.points()) {
      Raster picture = pictures.get(figures.size());
      String name = point.point() + ": " + point.image();
      figures.add(
          PictureFigure.of(
              picture, name, "p(cat) " + Decimals.fixed(point.corner().catProbability(), 4)));
    }
    return figures;
  }

  private static List<String> notes(SliceMap map) {
    double stretch = (map.top() - map.bottom()) / (map.right() - map.left());
    String axes =
        "Solid: p(cat) = ½.  Dashed: the triangle.  Distances: white and black are 1 apart;"
            + " a unit of x is drawn "
            + Decimals.rounded(stretch, 3)
            + " times as long as one of y.";
    String hatched =
        "Hatched: some grays would be blacker than black or whiter than white; clamped, they lie"
            + " off the plane (slice.csv says how far).";
    return map.isClamped() ? List.of("", axes, hatched) : List.of("", axes);
  }
}
