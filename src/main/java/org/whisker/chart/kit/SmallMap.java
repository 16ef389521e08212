package org.whisker.chart.kit;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import org.whisker.image.Canvas;

/**
 * A map without axes, for many side by side: two lines of title, and a frame around the whole
 * canvas. A cell may stand for a block of pixels.
 */
public final class SmallMap implements Drawing {
  static final int SIDE = 192;
  private static final int TOP = 38;

  private final String title;
  private final String below;
  private final Canvas canvas;
  private final float[] values;
  private final Scale scale;
  private final ColorMap colors;

  public SmallMap(
      String title, String below, Canvas canvas, float[] values, Scale scale, ColorMap colors) {
    if (values.length != canvas.pixels()) {
      throw new IllegalArgumentException(values.length + " values on a " + canvas + " canvas");
    }
    this.title = title;
    this.below = below;
    this.canvas = canvas;
    this.values = values.clone();
    this.scale = scale;
    this.colors = colors;
  }

  private int mapWidth() {
    return SIDE * canvas.width() / Math.max(canvas.width(), canvas.height());
  }

  private int mapHeight() {
    return SIDE * canvas.height() / Math.max(canvas.width(), canvas.height());
  }

  @Override
  public int width() {
    return Math.max(
        mapWidth() + 2,
        (int) Math.ceil(Math.max(Ink.width(title, Ink.LABEL), Ink.width(below, Ink.TICK))));
  }

  @Override
  public int height() {
    return TOP + mapHeight() + 2;
  }

  @Override
  public void paint(Graphics2D g) {
    Ink.text(g, title, Ink.LABEL, Ink.TEXT, 1, 14, 0);
    Ink.text(g, below, Ink.TICK, Ink.MUTED, 1, 30, 0);
    BufferedImage cells =
        new BufferedImage(canvas.width(), canvas.height(), BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < values.length; i++) {
      cells.setRGB(canvas.x(i), canvas.y(i), colors.rgb(scale.position(values[i])));
    }
    g.drawImage(cells, 1, TOP, mapWidth(), mapHeight(), null);
    g.setStroke(Ink.HAIR);
    g.setColor(Ink.FRAME);
    g.draw(new Rectangle2D.Double(0.5, TOP - 0.5, mapWidth() + 1, mapHeight() + 1));
  }

  /**
   * With values under the pointer.
   *
   * @param step pixels of the canvas that each of them stands for, in x and in y
   */
  public Panel panel(Canvas cells, float[] under, int step) {
    double w = width();
    double h = height();
    double[] box = {1 / w, TOP / h, mapWidth() / w, mapHeight() / h};
    return new Panel(
        svg(), new HoverGrid(box, cells, under, scale.unit(), step), title + ", " + below);
  }

  /** The scale, as high as a square map. */
  public static Drawing bar(Scale scale, ColorMap colors) {
    return new ColorBar(scale, colors, SIDE);
  }
}
