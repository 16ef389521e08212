package org.whisker.position;

import java.util.Locale;
import org.whisker.image.Canvas;

/**
 * The parts of a canvas that are distinguished. The sides partition it: each pixel belongs to its
 * nearest border, in equal parts if several are equally near. A corner is a rectangle of a quarter
 * of the width by a quarter of the height; each of the four covers a sixteenth.
 */
public enum CanvasPart {
  TOP,
  BOTTOM,
  LEFT,
  RIGHT,
  TOP_LEFT,
  TOP_RIGHT,
  BOTTOM_LEFT,
  BOTTOM_RIGHT;

  private static final int CORNER = 4;

  /** Such as {@code top left}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** The share of the pixel that belongs to this part, 0 to 1. */
  double share(Canvas canvas, int index) {
    int left = canvas.x(index);
    int top = canvas.y(index);
    int right = canvas.width() - 1 - left;
    int bottom = canvas.height() - 1 - top;
    return switch (this) {
      case TOP -> side(top, left, right, top, bottom);
      case BOTTOM -> side(bottom, left, right, top, bottom);
      case LEFT -> side(left, left, right, top, bottom);
      case RIGHT -> side(right, left, right, top, bottom);
      case TOP_LEFT -> corner(canvas, left, top);
      case TOP_RIGHT -> corner(canvas, right, top);
      case BOTTOM_LEFT -> corner(canvas, left, bottom);
      case BOTTOM_RIGHT -> corner(canvas, right, bottom);
    };
  }

  private static double side(int own, int left, int right, int top, int bottom) {
    int nearest = Math.min(Math.min(left, right), Math.min(top, bottom));
    int tied = 0;
    for (int distance : new int[] {left, right, top, bottom}) {
      tied += distance == nearest ? 1 : 0;
    }
    return own == nearest ? 1.0 / tied : 0;
  }

  private static double corner(Canvas canvas, int across, int down) {
    // The centre of a pixel decides, so that a quarter that is not a whole number of pixels is
    // split symmetrically.
    boolean inside =
        (2L * across + 1) * CORNER < 2L * canvas.width()
            && (2L * down + 1) * CORNER < 2L * canvas.height();
    return inside ? 1 : 0;
  }
}
