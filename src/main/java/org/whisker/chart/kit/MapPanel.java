package org.whisker.chart.kit;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import org.whisker.image.Canvas;

/** A framed grid of square cells with a title above and pixel numbers along its sides. */
public final class MapPanel implements Drawing {
  public static final int LEFT = 36;
  public static final int TOP = 30;
  static final int BOTTOM = 34;
  static final int RIGHT = 8;

  private final String title;
  private final BufferedImage cells;
  private final int[] marks;
  private final int zoom;

  /** {@code marks} are cells to draw black with a white rim, whatever colour is below. */
  public MapPanel(String title, BufferedImage cells, int[] marks, int zoom) {
    this.title = title;
    this.cells = cells;
    this.marks = marks;
    this.zoom = zoom;
  }

  /** How many units a cell gets so that the map is easy to look at. */
  static int fittingZoom(Canvas canvas) {
    return Math.max(1, Math.round(384f / Math.max(canvas.width(), canvas.height())));
  }

  int mapWidth() {
    return cells.getWidth() * zoom;
  }

  int mapHeight() {
    return cells.getHeight() * zoom;
  }

  @Override
  public int width() {
    int titled = (int) Math.ceil(Ink.width(title, Ink.TITLE));
    return LEFT + Math.max(mapWidth(), titled) + RIGHT;
  }

  @Override
  public int height() {
    return TOP + mapHeight() + BOTTOM;
  }

  @Override
  public void paint(Graphics2D g) {
    Ink.text(g, title, Ink.TITLE, Ink.TEXT, LEFT, TOP - 11, 0);
    g.drawImage(cells, LEFT, TOP, mapWidth(), mapHeight(), null);
    for (int mark : marks) {
      mark(g, mark % cells.getWidth(), mark / cells.getWidth());
    }
    g.setStroke(Ink.HAIR);
    g.setColor(Ink.FRAME);
    g.draw(new Rectangle2D.Double(LEFT - 0.5, TOP - 0.5, mapWidth() + 1, mapHeight() + 1));
    paintAxes(g);
  }

  private void mark(Graphics2D g, int x, int y) {
    double left = LEFT + x * zoom;
    double top = TOP + y * zoom;
    g.setColor(Color.WHITE);
    g.fill(new Rectangle2D.Double(left - 1, top - 1, zoom + 2, zoom + 2));
    g.setColor(Color.BLACK);
    g.fill(new Rectangle2D.Double(left, top, zoom, zoom));
  }

  /** Ticks sit on the middle of the pixel that they name. */
  private void paintAxes(Graphics2D g) {
    int bottom = TOP + mapHeight();
    int stepX = Ticks.pixelStep(cells.getWidth());
    for (int x = 0; x < cells.getWidth(); x += stepX) {
      double at = LEFT + (x + 0.5) * zoom;
      tick(g, at, bottom + 1, at, bottom + 5);
      Ink.text(g, Integer.toString(x), Ink.TICK, Ink.MUTED, at, bottom + 16, 0.5);
    }
    int stepY = Ticks.pixelStep(cells.getHeight());
    for (int y = 0; y < cells.getHeight(); y += stepY) {
      double at = TOP + (y + 0.5) * zoom;
      tick(g, LEFT - 5, at, LEFT - 1, at);
      Ink.text(g, Integer.toString(y), Ink.TICK, Ink.MUTED, LEFT - 8, at + 4, 1);
    }
    double middle = LEFT + mapWidth() / 2.0;
    Ink.text(g, "x, y in pixels from the top left", Ink.TICK, Ink.MUTED, middle, bottom + 30, 0.5);
  }

  private static void tick(Graphics2D g, double x1, double y1, double x2, double y2) {
    g.setColor(Ink.FRAME);
    g.draw(new Line2D.Double(x1, y1, x2, y2));
  }
}
