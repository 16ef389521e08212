package org.whisker.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.util.List;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.HeatmapFigure;
import org.whisker.chart.kit.Ink;
import org.whisker.chart.kit.MapPanel;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;

/**
 * A map with some of its cells fenced in by a black line, whatever their colours.
 *
 * @param regions each fenced by itself
 */
record OutlinedMap(HeatmapFigure map, List<BlackPixels> regions) implements Drawing {
  private static final BasicStroke FENCE = new BasicStroke(1.1f);

  OutlinedMap {
    regions = List.copyOf(regions);
  }

  @Override
  public int width() {
    return map.width();
  }

  @Override
  public int height() {
    return map.height();
  }

  @Override
  public void paint(Graphics2D g) {
    map.paint(g);
    g.setColor(Color.BLACK);
    g.setStroke(FENCE);
    for (BlackPixels region : regions) {
      for (int i = 0; i < region.count(); i++) {
        fence(g, region, region.get(i));
      }
    }
    g.setStroke(Ink.HAIR);
  }

  private void fence(Graphics2D g, BlackPixels region, int pixel) {
    Canvas canvas = region.canvas();
    int x = canvas.x(pixel);
    int y = canvas.y(pixel);
    int zoom = map.zoom();
    double left = MapPanel.LEFT + (double) x * zoom;
    double top = MapPanel.TOP + (double) y * zoom;
    if (isOutside(region, x, y - 1)) {
      g.draw(new Line2D.Double(left, top, left + zoom, top));
    }
    if (isOutside(region, x, y + 1)) {
      g.draw(new Line2D.Double(left, top + zoom, left + zoom, top + zoom));
    }
    if (isOutside(region, x - 1, y)) {
      g.draw(new Line2D.Double(left, top, left, top + zoom));
    }
    if (isOutside(region, x + 1, y)) {
      g.draw(new Line2D.Double(left + zoom, top, left + zoom, top + zoom));
    }
  }

  private static boolean isOutside(BlackPixels region, int x, int y) {
    Canvas canvas = region.canvas();
    return !canvas.contains(x, y) || !region.contains(canvas.index(x, y));
  }
}
