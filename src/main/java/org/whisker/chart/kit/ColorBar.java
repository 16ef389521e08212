package org.whisker.chart.kit;

import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.math.BigDecimal;

/** The scale as a bar of colours with round numbers and its unit. */
public final class ColorBar implements Drawing {
  static final int BAR = 14;
  private static final int STEPS = 256;

  private final Scale scale;
  private final ColorMap colors;
  private final int mapHeight;

  public ColorBar(Scale scale, ColorMap colors, int mapHeight) {
    this.scale = scale;
    this.colors = colors;
    this.mapHeight = mapHeight;
  }

  @Override
  public int width() {
    double widest = 0;
    for (BigDecimal tick : Ticks.between(scale.min(), scale.max(), 5)) {
      widest = Math.max(widest, Ink.width(Ticks.label(tick), Ink.TICK));
    }
    return BAR + 8 + (int) Math.ceil(widest) + 22;
  }

  @Override
  public int height() {
    return MapPanel.TOP + mapHeight + MapPanel.BOTTOM;
  }

  @Override
  public void paint(Graphics2D g) {
    BufferedImage bar = new BufferedImage(1, STEPS, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < STEPS; i++) {
      bar.setRGB(0, STEPS - 1 - i, colors.rgb(i / (STEPS - 1.0)));
    }
    g.drawImage(bar, 0, MapPanel.TOP, BAR, mapHeight, null);
    g.setStroke(Ink.HAIR);
    g.setColor(Ink.FRAME);
    g.draw(new Rectangle2D.Double(-0.5, MapPanel.TOP - 0.5, BAR + 1, mapHeight + 1));
    for (BigDecimal tick : Ticks.between(scale.min(), scale.max(), 5)) {
      double y = MapPanel.TOP + mapHeight * (1 - scale.position(tick.doubleValue()));
      g.setColor(Ink.FRAME);
      g.draw(new Line2D.Double(BAR + 1, y, BAR + 5, y));
      Ink.text(g, Ticks.label(tick), Ink.TICK, Ink.MUTED, BAR + 8, y + 4, 0);
    }
    double middle = MapPanel.TOP + mapHeight / 2.0;
    Ink.upwards(g, scale.unit(), Ink.LABEL, Ink.TEXT, width() - 9, middle);
  }
}
