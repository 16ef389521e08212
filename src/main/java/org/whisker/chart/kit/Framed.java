package org.whisker.chart.kit;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.value.Checks;

/**
 * A picture or map in a thin frame.
 *
 * @param cells an image with one pixel per cell
 * @param zoom units per cell
 * @param overlays drawn on top of it, in order
 */
public record Framed(BufferedImage cells, double zoom, List<Overlay> overlays) implements Drawing {
  static final int FRAME = 1;

  public Framed {
    overlays = List.copyOf(overlays);
    Checks.require(zoom > 0, "zoom must be above 0, was %s", zoom);
  }

  /** A picture of the given width in units, without overlays. */
  public static Framed ofWidth(BufferedImage cells, int width) {
    return new Framed(cells, (double) width / cells.getWidth(), List.of());
  }

  /** The whole number of units per cell that makes the longer side about {@code side} units. */
  public static int wholeZoom(int width, int height, int side) {
    return Math.max(1, Math.round((float) side / Math.max(width, height)));
  }

  /** Width without the frame. */
  int innerWidth() {
    return Math.max(1, (int) Math.round(cells.getWidth() * zoom));
  }

  /** Height without the frame. */
  int innerHeight() {
    return Math.max(1, (int) Math.round(cells.getHeight() * zoom));
  }

  @Override
  public int width() {
    return innerWidth() + 2 * FRAME;
  }

  @Override
  public int height() {
    return innerHeight() + 2 * FRAME;
  }

  @Override
  public void paint(Graphics2D g) {
    g.drawImage(cells, FRAME, FRAME, innerWidth(), innerHeight(), null);
    AffineTransform home = g.getTransform();
    g.translate(FRAME, FRAME);
    for (Overlay overlay : overlays) {
      overlay.paint(g, zoom);
    }
    g.setTransform(home);
    g.setStroke(Ink.HAIR);
    g.setColor(Ink.FRAME);
    g.draw(new Rectangle2D.Double(0.5, 0.5, innerWidth() + 1, innerHeight() + 1));
  }

  /** A layer drawn on top of a picture or map, see {@link Framed}. */
  public interface Overlay {
    /**
     * Draws the overlay.
     *
     * @param g graphics with the origin at the picture's top left corner
     * @param zoom units per pixel of the picture
     */
    void paint(Graphics2D g, double zoom);
  }

  /**
   * A line around a set of pixels of a map.
   *
   * @param wide in units
   */
  public record Outline(BlackPixels region, Color color, float wide) implements Overlay {
    private static final float FENCE = 1.1f;

    /** In black, visible on any colour. */
    public Outline(BlackPixels region) {
      this(region, Color.BLACK, FENCE);
    }

    @Override
    public void paint(Graphics2D g, double zoom) {
      g.setColor(color);
      g.setStroke(new BasicStroke(wide, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
      Canvas canvas = region.canvas();
      for (int pixel : region.indices()) {
        int x = canvas.x(pixel);
        int y = canvas.y(pixel);
        double left = x * zoom;
        double top = y * zoom;
        side(g, x, y - 1, left, top, zoom, 0);
        side(g, x, y + 1, left, top + zoom, zoom, 0);
        side(g, x - 1, y, left, top, 0, zoom);
        side(g, x + 1, y, left + zoom, top, 0, zoom);
      }
    }

    /** A line from (left, top) if the neighbour at (x, y) is outside the region. */
    private void side(
        Graphics2D g, int x, int y, double left, double top, double across, double down) {
      Canvas canvas = region.canvas();
      if (!canvas.contains(x, y) || !region.contains(canvas.index(x, y))) {
        g.draw(new Line2D.Double(left, top, left + across, top + down));
      }
    }
  }
}
