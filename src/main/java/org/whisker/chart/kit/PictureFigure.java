package org.whisker.chart.kit;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;

/**
 * A gray picture in a thin frame with its captions.
 *
 * @param rings pixels with a ring around them
 * @param captions lines below it
 * @param zoom units a pixel
 */
public record PictureFigure(Raster picture, List<Integer> rings, List<String> captions, int zoom)
    implements Drawing {
  private static final int LINE = 16;
  private static final double RADIUS = 7;

  public PictureFigure {
    rings = List.copyOf(rings);
    captions = List.copyOf(captions);
    if (zoom < 1) {
      throw new IllegalArgumentException("zoom must be at least 1, was " + zoom);
    }
  }

  /** About 256 units wide. */
  public static PictureFigure of(Raster picture, List<Integer> rings, String... captions) {
    Canvas canvas = picture.canvas();
    int zoom = Math.max(1, Math.round(256f / Math.max(canvas.width(), canvas.height())));
    return new PictureFigure(picture, rings, List.of(captions), zoom);
  }

  @Override
  public int width() {
    double widest = picture.canvas().width() * zoom + 2;
    for (String caption : captions) {
      widest = Math.max(widest, Ink.width(caption, Ink.LABEL));
    }
    return (int) Math.ceil(widest);
  }

  @Override
  public int height() {
    return picture.canvas().height() * zoom + 8 + LINE * captions.size();
  }

  @Override
  public void paint(Graphics2D g) {
    Canvas canvas = picture.canvas();
    int w = canvas.width() * zoom;
    int h = canvas.height() * zoom;
    g.drawImage(image(), 1, 1, w, h, null);
    g.setStroke(Ink.HAIR);
    g.setColor(Ink.FRAME);
    g.draw(new Rectangle2D.Double(0.5, 0.5, w + 1, h + 1));
    g.setColor(Ink.series(1));
    g.setStroke(Ink.LINE);
    for (int pixel : rings) {
      double x = 1 + (canvas.x(pixel) + 0.5) * zoom;
      double y = 1 + (canvas.y(pixel) + 0.5) * zoom;
      g.draw(new Ellipse2D.Double(x - RADIUS, y - RADIUS, 2 * RADIUS, 2 * RADIUS));
    }
    for (int i = 0; i < captions.size(); i++) {
      Color color = i == 0 ? Ink.TEXT : Ink.MUTED;
      Ink.text(g, captions.get(i), Ink.LABEL, color, 1, h + 2.0 + LINE * (i + 1), 0);
    }
  }

  private BufferedImage image() {
    Canvas canvas = picture.canvas();
    float[] gray = new float[canvas.pixels()];
    picture.paint(gray, 0);
    BufferedImage image =
        new BufferedImage(canvas.width(), canvas.height(), BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < gray.length; i++) {
      int level = Ink.level(Math.min(1, Math.max(0, gray[i])));
      image.setRGB(canvas.x(i), canvas.y(i), level << 16 | level << 8 | level);
    }
    return image;
  }
}
