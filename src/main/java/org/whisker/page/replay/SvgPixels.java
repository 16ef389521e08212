package org.whisker.page.replay;

import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.io.Decimals;

/** The black pixels of an image as the path of an SVG, in units of its pixels. */
public final class SvgPixels {
  /** A pixel narrower than this share of the picture is drawn larger, or it could not be seen. */
  private static final double VISIBLE = 1 / 80.0;

  private SvgPixels() {}

  /** The side of the square that stands for a pixel of the canvas; at least 1. */
  public static double side(Canvas canvas) {
    int longer = Math.max(canvas.width(), canvas.height());
    return Math.max(1, Math.round(10 * VISIBLE * longer) / 10.0);
  }

  /** A square around the middle of each black pixel; empty text for none. */
  public static String of(BlackPixels image) {
    double side = side(image.canvas());
    StringBuilder path = new StringBuilder();
    for (int pixel : image.indices()) {
      path.append('M')
          .append(start(image.canvas().x(pixel), side))
          .append(' ')
          .append(start(image.canvas().y(pixel), side))
          .append("h%1$sv%1$sh-%1$sz".formatted(Decimals.shortest(side)));
    }
    return path.toString();
  }

  private static String start(int at, double side) {
    return Decimals.shortest(Math.round(100 * (at + 0.5 - side / 2)) / 100.0);
  }
}
