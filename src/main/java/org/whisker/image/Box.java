package org.whisker.image;

/**
 * A rectangle in continuous image coordinates, where pixel (i, j) covers [i, i+1) × [j, j+1).
 *
 * @param x left side
 * @param y top side
 * @param width above 0
 * @param height above 0
 */
public record Box(double x, double y, double width, double height) {
  public Box {
    boolean valid =
        Double.isFinite(x + y) && width > 0 && height > 0 && Double.isFinite(width + height);
    if (!valid) {
      throw new IllegalArgumentException(
          "box must be finite with sides above 0, was "
              + (x + "," + y + " " + width + "x" + height));
    }
  }

  /** The whole canvas. */
  public static Box of(Canvas canvas) {
    return new Box(0, 0, canvas.width(), canvas.height());
  }
}
