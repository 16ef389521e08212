package org.whisker.chart.boundary;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.stream.IntStream;
import org.whisker.chart.kit.Composed;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Ink;
import org.whisker.chart.kit.Keys;
import org.whisker.chart.kit.PictureFigure;
import org.whisker.chart.kit.Row;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;

/**
 * The flipped pixels of an image: the image in pale tones, with a dot on each flipped pixel.
 *
 * @param ink the inked pixels of the image before the flips
 * @param flips the flipped pixels
 * @param captions lines of text below the image, above the legend
 */
record FlipsFigure(BlackPixels ink, BlackPixels flips, List<String> captions) implements Composed {
  private static final float PALE = 0.8f;
  private static final int MANY = 150;
  private static final Color TO_INK = Ink.series(1);
  private static final Color TO_GROUND = Ink.series(2);

  FlipsFigure {
    captions = List.copyOf(captions);
  }

  @Override
  public Drawing drawing() {
    int gone = (int) IntStream.of(flips.indices()).filter(ink::contains).count();
    PictureFigure picture =
        PictureFigure.of(pale(), captions.toArray(String[]::new)).withOverlay(this::dots);
    Keys keys =
        Keys.inLine(
            List.of(
                new Keys.Key((flips.count() - gone) + " to black", TO_INK),
                new Keys.Key(gone + " to white", TO_GROUND)));
    return new Row(List.of(picture, keys), 2, true);
  }

  private GrayImage pale() {
    float[] gray = ink.grayValues();
    for (int i = 0; i < gray.length; i++) {
      gray[i] = PALE + (1 - PALE) * gray[i];
    }
    return new GrayImage(ink.canvas(), gray);
  }

  private void dots(Graphics2D g, double zoom) {
    Canvas canvas = ink.canvas();
    boolean many = flips.count() > MANY;
    double size = many ? zoom : Math.max(7, zoom + 2);
    g.setStroke(Ink.HAIR);
    for (int pixel : flips.indices()) {
      double x = (canvas.x(pixel) + 0.5) * zoom - size / 2;
      double y = (canvas.y(pixel) + 0.5) * zoom - size / 2;
      g.setColor(ink.contains(pixel) ? TO_GROUND : TO_INK);
      if (many) {
        g.fill(new Rectangle2D.Double(x, y, size, size));
      } else {
        dot(g, new Ellipse2D.Double(x, y, size, size));
      }
    }
  }

  private static void dot(Graphics2D g, Ellipse2D dot) {
    g.fill(dot);
    g.setColor(Color.WHITE);
    g.draw(dot);
  }
}
