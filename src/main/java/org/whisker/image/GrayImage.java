package org.whisker.image;

import java.util.Arrays;

/**
 * A gray picture: row-major values, 0 black to 1 white. Immutable; the array is copied in and out.
 */
public final class GrayImage implements Raster {
  private final Canvas canvas;
  private final float[] values;

  public GrayImage(Canvas canvas, float[] values) {
    if (values.length != canvas.pixels()) {
      throw new IllegalArgumentException(
          "a " + canvas + " image has " + canvas.pixels() + " values, got " + values.length);
    }
    this.canvas = canvas;
    this.values = values.clone();
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

  @Override
  public Canvas canvas() {
    return canvas;
  }

  public float at(int index) {
    return values[index];
  }

  public float at(int x, int y) {
    return values[canvas.index(x, y)];
  }

  public float[] values() {
    return values.clone();
  }

  @Override
  public void paint(float[] target, int offset) {
    System.arraycopy(values, 0, target, offset, values.length);
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof GrayImage other
        && canvas.equals(other.canvas)
        && Arrays.equals(values, other.values);
  }

  @Override
  public int hashCode() {
    return 31 * canvas.hashCode() + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "GrayImage " + canvas;
  }
}
