package org.whisker.chart;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Ink;
import org.whisker.chart.kit.PictureFigure;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;

/**
 * Which pixels of an image were flipped: the image, pale, with a dot on each of them.
 *
 * @param ink the image's pixels before
 * @param flips those that were flipped
 * @param captions lines below it, before the key
 */
record FlipsFigure(BlackPixels ink, BlackPixels flips, List<String> captions) implements Drawing {
  private static final float PALE = 0.8f;
  private static final int MANY = 150;
  private static final int LINE = 16;
  private static final Color TO_INK = Ink.series(1);
  private static final Color TO_GROUND = Ink.series(2);

  FlipsFigure {
    captions = List.copyOf(captions);
  }

  private PictureFigure below() {
    float[] gray = new float[ink.canvas().pixels()];
    ink.paint(gray, 0);
    for (int i = 0; i < gray.length; i++) {
      gray[i] = PALE + (1 - PALE) * gray[i];
    }
    GrayImage pale = new GrayImage(ink.canvas(), gray);
    return PictureFigure.of(pale, List.of(), captions.toArray(String[]::new));
  }

  @Override
  public int width() {
    return below().width();
  }

  @Override
  public int height() {
    return below().height() + LINE;
  }

  @Override
  public void paint(Graphics2D g) {
    PictureFigure picture = below();
    picture.paint(g);
    Canvas canvas = ink.canvas();
    double size = flips.count() > MANY ? picture.zoom() : Math.max(7, picture.zoom() + 2);
    g.setStroke(Ink.HAIR);
    for (int i = 0; i < flips.count(); i++) {
      int pixel = flips.get(i);
      double x = 1 + (canvas.x(pixel) + 0.5) * picture.zoom() - size / 2;
      double y = 1 + (canvas.y(pixel) + 0.5) * picture.zoom() - size / 2;
      g.setColor(ink.contains(pixel) ? TO_GROUND : TO_INK);
      if (flips.count() > MANY) {
        g.fill(new Rectangle2D.Double(x, y, size, size));
      } else {
        dot(g, x, y, size);
      }
    }
    key(g, picture.height());
  }

  private static void dot(Graphics2D g, double x, double y, double size) {
    Ellipse2D dot = new Ellipse2D.Double(x, y, size, size);
    g.fill(dot);
    g.setColor(Color.WHITE);
    g.draw(dot);
  }

  private void key(Graphics2D g, int top) {
    int gone = 0;
    for (int i = 0; i < flips.count(); i++) {
      gone += ink.contains(flips.get(i)) ? 1 : 0;
    }
    String toInk = (flips.count() - gone) + " to black";
    g.setColor(TO_INK);
    g.fill(new Ellipse2D.Double(2, top + 1, 8, 8));
    Ink.text(g, toInk, Ink.LABEL, Ink.MUTED, 15, top + 9.5, 0);
    double x = 15 + Ink.width(toInk, Ink.LABEL) + 16;
    g.setColor(TO_GROUND);
    g.fill(new Ellipse2D.Double(x, top + 1, 8, 8));
    Ink.text(g, gone + " to white", Ink.LABEL, Ink.MUTED, x + 13, top + 9.5, 0);
  }
}
