package org.whisker.feature.boundary;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.whisker.boundary.Contour;
import org.whisker.boundary.Slice;
import org.whisker.boundary.StoredPictures;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.file.FolderChart;
import org.whisker.chart.kit.Captioned;
import org.whisker.chart.kit.CellImage;
import org.whisker.chart.kit.ColorMap;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Drawing.Composed;
import org.whisker.chart.kit.Framed;
import org.whisker.chart.kit.Framed.Overlay;
import org.whisker.chart.kit.Ink;
import org.whisker.chart.kit.MapPanel;
import org.whisker.chart.kit.MapPanel.MapRow;
import org.whisker.chart.kit.PictureFigure;
import org.whisker.chart.kit.Row;
import org.whisker.chart.kit.Scale;
import org.whisker.chart.kit.Ticks;
import org.whisker.chart.kit.Ticks.Tick;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;
import org.whisker.io.Decimals;
import org.whisker.io.Manifest;
import org.whisker.table.Table;

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

  /**
   * A plane as a coloured square with its axes, the contour p(cat) = ½, the three points and the
   * triangle between them. Regions with clamped gray values are hatched.
   *
   * @param scale scale of p(cat), or of the logit when {@code colors} is {@link ColorMap#LOGIT}
   */
  record SlicePanel(String title, SliceMap slice, Scale scale, ColorMap colors)
      implements Composed {
    static final int SIDE = 420;
    private static final int HATCH = 12;
    private static final double RADIUS = 5;
    private static final String X = "x: from A towards B, RMS gray levels";
    private static final String Y = "y: at right angles to it, on C's side";
    private static final BasicStroke HALO =
        new BasicStroke(4.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);

    @Override
    public Drawing drawing() {
      return map();
    }

    MapRow withBar(int gap) {
      return new MapRow(List.of(map()), scale, colors, gap);
    }

    private MapPanel map() {
      Framed map =
          new Framed(
              cells(),
              (double) SIDE / slice.size(),
              List.of(
                  sized(this::hatch),
                  sized(this::triangle),
                  sized(this::contours),
                  sized(this::points)));
      List<Tick> across =
          Ticks.of(slice.left(), slice.right(), 5).stream()
              .map(tick -> new Tick(x(tick.at()), tick.label()))
              .toList();
      List<Tick> down =
          Ticks.of(slice.bottom(), slice.top(), 5).stream()
              .map(tick -> new Tick(y(tick.at()), tick.label()))
              .toList();
      return new MapPanel(title, map, new MapPanel.Side(across, X), new MapPanel.Side(down, Y));
    }

    /** Overlays are drawn in units of a panel of {@value #SIDE}, and shrink with it. */
    private Overlay sized(Overlay overlay) {
      return (g, zoom) -> {
        AffineTransform home = g.getTransform();
        double factor = zoom * slice.size() / SIDE;
        g.scale(factor, factor);
        overlay.paint(g, zoom);
        g.setTransform(home);
      };
    }

    private BufferedImage cells() {
      boolean probability = colors == ColorMap.P_CAT;
      return CellImage.of(
          Canvas.square(slice.size()),
          i -> {
            Slice.Place place = slice.places().get(i);
            double value = probability ? place.catProbability() : place.logit();
            return colors.rgb(scale.position(value));
          });
    }

    /** A grid point is drawn as a cell centred on it. */
    private double units(double cell) {
      return SIDE * (cell + 0.5) / slice.size();
    }

    private double x(double x) {
      return units((x - slice.left()) / (slice.right() - slice.left()) * (slice.size() - 1));
    }

    private double y(double y) {
      return units((slice.top() - y) / (slice.top() - slice.bottom()) * (slice.size() - 1));
    }

    private void hatch(Graphics2D g, double zoom) {
      g.setStroke(Ink.HAIR);
      g.setColor(Ink.faint(Color.BLACK, 90));
      for (int from = HATCH / 2 - SIDE; from < SIDE; from += HATCH) {
        int begun = -1;
        for (int at = Math.max(0, -from); at <= Math.min(SIDE, SIDE - from); at++) {
          boolean inside = at < Math.min(SIDE, SIDE - from) && isClamped(from + at, at);
          if (inside && begun < 0) {
            begun = at;
          } else if (!inside && begun >= 0) {
            g.draw(new Line2D.Double(from + begun, begun, from + at, at));
            begun = -1;
          }
        }
      }
    }

    private boolean isClamped(int unitsAcross, int unitsDown) {
      int size = slice.size();
      int column = unitsAcross * size / SIDE;
      int row = unitsDown * size / SIDE;
      return slice.places().get(row * size + column).clampedShare() > 0;
    }

    private void triangle(Graphics2D g, double zoom) {
      Path2D path = new Path2D.Double();
      for (Slice.NamedCorner at : slice.points()) {
        if (path.getCurrentPoint() == null) {
          path.moveTo(x(at.corner().at().x()), y(at.corner().at().y()));
        } else {
          path.lineTo(x(at.corner().at().x()), y(at.corner().at().y()));
        }
      }
      path.closePath();
      g.setColor(Ink.faint(Color.BLACK, 150));
      g.setStroke(Ink.DASHED);
      g.draw(path);
    }

    private void contours(Graphics2D g, double zoom) {
      for (List<Contour.Vertex> points : slice.lines()) {
        Path2D path = new Path2D.Double();
        path.moveTo(x(points.get(0).at().x()), y(points.get(0).at().y()));
        for (Contour.Vertex point : points.subList(1, points.size())) {
          path.lineTo(x(point.at().x()), y(point.at().y()));
        }
        g.setColor(Color.WHITE);
        g.setStroke(HALO);
        g.draw(path);
        g.setColor(Color.BLACK);
        g.setStroke(Ink.LINE);
        g.draw(path);
      }
    }

    private void points(Graphics2D g, double zoom) {
      for (Slice.NamedCorner at : slice.points()) {
        Ellipse2D dot =
            new Ellipse2D.Double(
                x(at.corner().at().x()) - RADIUS,
                y(at.corner().at().y()) - RADIUS,
                2 * RADIUS,
                2 * RADIUS);
        g.setColor(Color.WHITE);
        g.fill(dot);
        g.setColor(Color.BLACK);
        g.setStroke(Ink.LINE);
        g.draw(dot);
        // with a background, so that the letter is legible on any colour
        double left = x(at.corner().at().x()) + RADIUS + 4;
        double baseline = y(at.corner().at().y()) + 4.5;
        g.setColor(Ink.faint(Color.WHITE, 220));
        g.fill(new Rectangle2D.Double(left - 2, baseline - 12, 14, 16));
        Ink.text(g, at.point(), Ink.TITLE, Color.BLACK, left + 5, baseline, 0.5);
      }
    }
  }

  /**
   * The tables of a slice.
   *
   * @param places grid points in row-major order from the top; the grid is square
   * @param lines the points of each contour line p(cat) = ½
   * @param points A, B and C
   */
  record SliceMap(
      List<Slice.Place> places, List<List<Contour.Vertex>> lines, List<Slice.NamedCorner> points) {
    SliceMap {
      places = List.copyOf(places);
      lines = List.copyOf(lines);
      points = List.copyOf(points);
    }

    static SliceMap read(Path folder) throws IOException {
      Map<Integer, List<Contour.Vertex>> lines =
          Table.by(
              Contour.Vertex.TABLE.read(folder.resolve(Contour.Vertex.FILE)), Contour.Vertex::line);
      return new SliceMap(
          Slice.Place.TABLE.read(folder.resolve(Slice.Place.FILE)),
          List.copyOf(lines.values()),
          Slice.NamedCorner.TABLE.read(folder.resolve(Slice.NamedCorner.FILE)));
    }

    private Slice.Place last() {
      return places.get(places.size() - 1);
    }

    /** The number of rows, which is also that of columns. */
    int size() {
      return last().column() + 1;
    }

    double left() {
      return places.get(0).at().x();
    }

    double right() {
      return last().at().x();
    }

    double top() {
      return places.get(0).at().y();
    }

    double bottom() {
      return last().at().y();
    }

    float[] logits() {
      float[] logits = new float[places.size()];
      for (int i = 0; i < logits.length; i++) {
        logits[i] = places.get(i).logit();
      }
      return logits;
    }

    /** Whether gray values were clamped at any grid point. */
    boolean isClamped() {
      return places.stream().anyMatch(place -> place.clampedShare() > 0);
    }
  }
}
