package org.whisker.chart.kit;

import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;

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
    if (!(zoom > 0)) {
      throw new IllegalArgumentException("zoom must be above 0, was " + zoom);
    }
  }

  /** A picture of the given width in units, without overlays. */
  public static Framed ofWidth(BufferedImage cells, int width) {
    return new Framed(cells, (double) width / cells.getWidth(), List.of());
  }

  /** The whole number of units per cell that makes the longer side about {@code side} units. */
  public static int wholeZoom(int width, int height, int side) {
    return Math.max(1, Math.round((float) side / Math.max(width, height)));
  }

  /** Without the frame. */
  int innerWidth() {
    return Math.max(1, (int) Math.round(cells.getWidth() * zoom));
  }

  /** Without the frame. */
  public int innerHeight() {
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
}
