package org.whisker.chart.kit;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;

/** A black line around a set of pixels of a map, visible on any colour. */
public record Outline(BlackPixels region) implements Overlay {
  private static final BasicStroke FENCE = new BasicStroke(1.1f);

  @Override
  public void paint(Graphics2D g, double zoom) {
    g.setColor(Color.BLACK);
    g.setStroke(FENCE);
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
