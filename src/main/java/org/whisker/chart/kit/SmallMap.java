package org.whisker.chart.kit;

import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.util.ArrayList;
import java.util.List;
import org.whisker.chart.kit.Panel.HoverGrid;
import org.whisker.image.Canvas;
import org.whisker.value.Checks;

/**
 * A map without axes, for many maps side by side: two lines of title, and a frame around the whole
 * canvas. A cell may represent a block of pixels.
 */
public final class SmallMap implements Drawing {
  static final int SIDE = 192;
  private static final int TOP = 37;

  private final String title;
  private final String below;
  private final Scale scale;
  private final Framed map;

  public SmallMap(
      String title, String below, Canvas canvas, float[] values, Scale scale, ColorMap colors) {
    Checks.refuse(
        values.length != canvas.pixels(), "%s values on a %s canvas", values.length, canvas);
    this.title = title;
    this.below = below;
    this.scale = scale;
    int width = SIDE * canvas.width() / Math.max(canvas.width(), canvas.height());
    this.map = Framed.ofWidth(CellImage.of(canvas, values, scale, colors), width);
  }

  @Override
  public int width() {
    return Math.max(
        map.width(),
        (int) Math.ceil(Math.max(Ink.width(title, Ink.LABEL), Ink.width(below, Ink.TICK))));
  }

  @Override
  public int height() {
    return TOP + map.height();
  }

  @Override
  public void paint(Graphics2D g) {
    Ink.text(g, title, Ink.LABEL, Ink.TEXT, 1, 14, 0);
    Ink.text(g, below, Ink.TICK, Ink.MUTED, 1, 30, 0);
    AffineTransform home = g.getTransform();
    g.translate(0, TOP);
    map.paint(g);
    g.setTransform(home);
  }

  /**
   * The map with values shown under the pointer.
   *
   * @param step size in pixels of the canvas block that each value represents, in x and in y
   */
  public Panel panel(Canvas cells, float[] under, int step) {
    HoverGrid hover = new HoverGrid(this, map, 0, TOP, cells, under, scale.unit(), step);
    return new Panel(svg(), hover, title + ", " + below);
  }

  /** The scale, with the height of a square map. */
  public static Drawing bar(Scale scale, ColorMap colors) {
    return new ColorBar(scale, colors, SIDE);
  }

  /** A map without frame, title and scale, one unit per pixel of the canvas. */
  public static final class BareMap implements Drawing {
    private final Canvas canvas;
    private final float[] values;
    private final Scale scale;
    private final ColorMap colors;

    /**
     * @param values row-major; NaN is drawn as a gray hatching
     */
    public BareMap(Canvas canvas, float[] values, Scale scale, ColorMap colors) {
      Checks.refuse(
          values.length != canvas.pixels(), "%s values on a %s canvas", values.length, canvas);
      this.canvas = canvas;
      this.values = values.clone();
      this.scale = scale;
      this.colors = colors;
    }

    @Override
    public int width() {
      return canvas.width();
    }

    @Override
    public int height() {
      return canvas.height();
    }

    @Override
    public void paint(Graphics2D g) {
      g.drawImage(CellImage.of(canvas, values, scale, colors), 0, 0, null);
    }

    /** The colours from the low end of a map's scale to its high end, as #rrggbb. */
    public static List<String> ramp(ColorMap colors, int steps) {
      List<String> ramp = new ArrayList<>();
      for (int i = 0; i < steps; i++) {
        ramp.add("#%06x".formatted(colors.rgb((i + 0.5) / steps)));
      }
      return ramp;
    }
  }
}
