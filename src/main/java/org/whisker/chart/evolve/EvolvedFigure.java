package org.whisker.chart.evolve;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.util.List;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Ink;
import org.whisker.chart.kit.Panel;
import org.whisker.chart.kit.Row;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Tones;

/**
 * Evolved images, large enough to see every pixel, each in a thin frame with its captions.
 *
 * @param pixels the image
 * @param tones the grays it is painted in
 * @param captions lines below it: p(cat), how many pixels, the edge index
 * @param zoom units a pixel
 */
public record EvolvedFigure(BlackPixels pixels, Tones tones, List<String> captions, int zoom)
    implements Drawing {
  private static final int LINE = 16;

  public EvolvedFigure {
    captions = List.copyOf(captions);
    if (zoom < 1) {
      throw new IllegalArgumentException("zoom must be at least 1, was " + zoom);
    }
  }

  /** Black on white, about 256 units wide, and at least two a pixel. */
  public static EvolvedFigure of(BlackPixels pixels, String... captions) {
    return of(pixels, Tones.standard(), captions);
  }

  /** In these tones, about 256 units wide, and at least two a pixel. */
  public static EvolvedFigure of(BlackPixels pixels, Tones tones, String... captions) {
    Canvas canvas = pixels.canvas();
    int zoom = Math.max(2, Math.round(256f / Math.max(canvas.width(), canvas.height())));
    return new EvolvedFigure(pixels, tones, List.of(captions), zoom);
  }

  /** Several side by side. */
  public static Drawing row(List<EvolvedFigure> figures) {
    return Row.across(18, figures);
  }

  /** For a page. */
  public Panel panel() {
    return new Panel(svg());
  }

  @Override
  public int width() {
    double widest = pixels.canvas().width() * zoom + 2;
    for (String caption : captions) {
      widest = Math.max(widest, Ink.width(caption, Ink.LABEL));
    }
    return (int) Math.ceil(widest);
  }

  @Override
  public int height() {
    return pixels.canvas().height() * zoom
        + 2
        + (captions.isEmpty() ? 0 : 4 + LINE * captions.size());
  }

  @Override
  public void paint(Graphics2D g) {
    int w = pixels.canvas().width() * zoom;
    int h = pixels.canvas().height() * zoom;
    g.drawImage(image(), 1, 1, w, h, null);
    g.setStroke(Ink.HAIR);
    g.setColor(Ink.FRAME);
    g.draw(new Rectangle2D.Double(0.5, 0.5, w + 1, h + 1));
    double baseline = h + 2 + LINE;
    for (int i = 0; i < captions.size(); i++) {
      Color color = i == 0 ? Ink.TEXT : Ink.MUTED;
      Ink.text(g, captions.get(i), Ink.LABEL, color, 1, baseline + i * LINE, 0);
    }
  }

  private BufferedImage image() {
    Canvas canvas = pixels.canvas();
    byte[] levels = {(byte) Ink.level(tones.background()), (byte) Ink.level(tones.ink())};
    IndexColorModel two = new IndexColorModel(1, 2, levels, levels, levels);
    BufferedImage image =
        new BufferedImage(canvas.width(), canvas.height(), BufferedImage.TYPE_BYTE_BINARY, two);
    for (int i : pixels.indices()) {
      image.getRaster().setSample(canvas.x(i), canvas.y(i), 0, 1);
    }
    return image;
  }
}
