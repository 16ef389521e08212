package org.whisker.image;

import java.util.Arrays;

/**
 * A gray picture: row-major values, 0 black to 1 white. Immutable; the array is copied in and out.
 */
public final class GrayImage extends PlanarImage {
  public GrayImage(Canvas canvas, float[] values) {
    super(canvas, values, 1);
  }

  /** An image of a single gray. */
  public static GrayImage filled(Canvas canvas, float gray) {
    float[] values = new float[canvas.pixels()];
    Arrays.fill(values, gray);
    return new GrayImage(canvas, values);
  }

  /** The gray values of a picture; the picture itself if it is one of these. */
  public static GrayImage of(Raster picture) {
    return picture instanceof GrayImage gray
        ? gray
        : new GrayImage(picture.canvas(), picture.grayValues());
  }

  public float at(int x, int y) {
    return at(canvas().index(x, y));
  }

  @Override
  public String toString() {
    return "GrayImage " + canvas();
  }
}
