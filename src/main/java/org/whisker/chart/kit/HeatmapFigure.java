package org.whisker.chart.kit;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;

/**
 * A map over the canvas: one colour a pixel, with title, pixel axes and colour bar. NaN, "not
 * measured", is a gray weave.
 */
public final class HeatmapFigure implements Drawing {
  private static final int GAP = 10;
  private static final int[] UNKNOWN = {0x9a9a9a, 0xc4c4c4};

  private final String title;
  private final Canvas canvas;
  private final float[] values;
  private final Scale scale;
  private final ColorMap colors;
  private final int[] marks;
  private final int zoom;

  private HeatmapFigure(
      String title,
      Canvas canvas,
      float[] values,
      Scale scale,
      ColorMap colors,
      int[] marks,
      int zoom) {
    this.title = title;
    this.canvas = canvas;
    this.values = values;
    this.scale = scale;
    this.colors = colors;
    this.marks = marks;
    this.zoom = zoom;
  }

  /**
   * A map of {@code values} in row-major order.
   *
   * @throws IllegalArgumentException when the size differs from the canvas, or a diverging map
   *     would not have 0 in its middle
   */
  public static HeatmapFigure of(
      String title, Canvas canvas, float[] values, Scale scale, ColorMap colors) {
    if (values.length != canvas.pixels()) {
      throw new IllegalArgumentException(values.length + " values on a " + canvas + " canvas");
    }
    if (colors == ColorMap.DIVERGING && scale.min() != -scale.max()) {
      throw new IllegalArgumentException("a diverging scale needs 0 in its middle, was " + scale);
    }
    return new HeatmapFigure(
        title, canvas, values.clone(), scale, colors, new int[0], MapPanel.fittingZoom(canvas));
  }

  /** A map of {@code values[y][x]}. */
  public static HeatmapFigure of(String title, float[][] values, Scale scale, ColorMap colors) {
    Canvas canvas = new Canvas(values.length == 0 ? 0 : values[0].length, values.length);
    float[] flat = new float[canvas.pixels()];
    for (int y = 0; y < values.length; y++) {
      if (values[y].length != canvas.width()) {
        throw new IllegalArgumentException(
            "row " + y + " has " + values[y].length + " values, not " + canvas.width());
      }
      System.arraycopy(values[y], 0, flat, y * canvas.width(), canvas.width());
    }
    return of(title, canvas, flat, scale, colors);
  }

  /** This with those pixels drawn black on top. */
  public HeatmapFigure withPixels(BlackPixels pixels) {
    if (!pixels.canvas().equals(canvas)) {
      throw new IllegalArgumentException(
          "pixels on a " + pixels.canvas() + " canvas over a map of " + canvas);
    }
    return new HeatmapFigure(title, canvas, values, scale, colors, pixels.indices(), zoom);
  }

  /** This with each cell {@code zoom} units wide; by default a map is about 384 units wide. */
  public HeatmapFigure withZoom(int zoom) {
    if (zoom < 1) {
      throw new IllegalArgumentException("zoom must be at least 1, was " + zoom);
    }
    return new HeatmapFigure(title, canvas, values, scale, colors, marks, zoom);
  }

  public Scale scale() {
    return scale;
  }

  public int zoom() {
    return zoom;
  }

  @Override
  public int width() {
    return drawing().width();
  }

  @Override
  public int height() {
    return drawing().height();
  }

  @Override
  public void paint(Graphics2D g) {
    drawing().paint(g);
  }

  /** For a page: the SVG, with the values to show under the pointer. */
  public Panel panel() {
    MapPanel map = map();
    double width = width();
    double height = height();
    HoverGrid hover =
        new HoverGrid(
            MapPanel.LEFT / width,
            MapPanel.TOP / height,
            map.mapWidth() / width,
            map.mapHeight() / height,
            canvas,
            values,
            scale.unit());
    return new Panel(svg(), hover);
  }

  MapPanel map() {
    return new MapPanel(title, cells(), marks, zoom);
  }

  ColorBar bar() {
    return new ColorBar(scale, colors, canvas.height() * zoom);
  }

  boolean sharesBarWith(HeatmapFigure other) {
    return scale.equals(other.scale)
        && colors == other.colors
        && canvas.height() * zoom == other.canvas.height() * other.zoom;
  }

  private Row drawing() {
    return Row.across(GAP, List.of(map(), bar()));
  }

  private BufferedImage cells() {
    BufferedImage image =
        new BufferedImage(canvas.width(), canvas.height(), BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < values.length; i++) {
      int x = canvas.x(i);
      int y = canvas.y(i);
      int rgb =
          Float.isNaN(values[i]) ? UNKNOWN[(x + y) & 1] : colors.rgb(scale.position(values[i]));
      image.setRGB(x, y, rgb);
    }
    return image;
  }
}
