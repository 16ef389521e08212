package org.whisker.image;

import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * A stored picture: one plane of gray values ({@link GrayImage}), or three of red, green and blue,
 * one after the other, each row-major; 0 black to 1 white. Immutable; arrays are copied in and out.
 */
public sealed class PlanarImage implements Raster permits GrayImage {
  /** Planes of a picture in colours. */
  public static final int COLOURS = 3;

  private final Canvas canvas;
  private final float[] values;

  PlanarImage(Canvas canvas, float[] values, int planes) {
    if (values.length != planes * canvas.pixels()) {
      throw new IllegalArgumentException(
          "a " + canvas + " image has " + canvas.pixels() + " values, got " + values.length);
    }
    this.canvas = canvas;
    this.values = values.clone();
  }

  /**
   * A picture of one plane or three.
   *
   * @throws IllegalArgumentException for another number of values
   */
  public static PlanarImage of(Canvas canvas, float[] values) {
    return values.length == COLOURS * canvas.pixels()
        ? new PlanarImage(canvas, values, COLOURS)
        : new GrayImage(canvas, values);
  }

  /** All values of a picture; the picture itself if it is one of these. */
  public static PlanarImage from(Raster picture) {
    return picture instanceof PlanarImage stored ? stored : of(picture.canvas(), picture.values());
  }

  /** A picture of a single gray in {@code planes} planes. */
  public static PlanarImage filled(Canvas canvas, float gray, int planes) {
    float[] values = new float[planes * canvas.pixels()];
    Arrays.fill(values, gray);
    return of(canvas, values);
  }

  @Override
  public final Canvas canvas() {
    return canvas;
  }

  @Override
  public final int planes() {
    return values.length / canvas.pixels();
  }

  /** A value by its place among those of all planes. */
  public final float at(int index) {
    return values[index];
  }

  @Override
  public final float[] values() {
    return values.clone();
  }

  /** A picture of this size with other values. */
  public final PlanarImage with(float[] others) {
    return of(canvas, others);
  }

  /** Returns this picture in {@code planes} planes; itself if it has them. */
  public final PlanarImage in(int planes) {
    if (planes == planes()) {
      return this;
    }
    float[] painted = new float[planes * canvas.pixels()];
    paint(painted, 0, planes);
    return of(canvas, painted);
  }

  public final GrayImage plane(int plane) {
    int pixels = canvas.pixels();
    return new GrayImage(canvas, Arrays.copyOfRange(values, plane * pixels, (plane + 1) * pixels));
  }

  /** What becomes of each plane, together. */
  public final PlanarImage eachPlane(UnaryOperator<GrayImage> change) {
    if (this instanceof GrayImage gray) {
      return change.apply(gray);
    }
    GrayImage first = change.apply(plane(0));
    int pixels = first.canvas().pixels();
    float[] all = Arrays.copyOf(first.values(), COLOURS * pixels);
    for (int plane = 1; plane < COLOURS; plane++) {
      change.apply(plane(plane)).paint(all, plane * pixels);
    }
    return of(first.canvas(), all);
  }

  /** Whether a pixel is the same in another picture of this size and as many planes. */
  public final boolean isSameAt(PlanarImage other, int pixel) {
    for (int i = pixel; i < values.length; i += canvas.pixels()) {
      if (values[i] != other.values[i]) {
        return false;
      }
    }
    return true;
  }

  public final boolean isBlackAt(int pixel) {
    for (int i = pixel; i < values.length; i += canvas.pixels()) {
      if (values[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /** Copies a pixel into values of another picture of this size and as many planes. */
  public final void copyTo(float[] target, int pixel) {
    for (int i = pixel; i < values.length; i += canvas.pixels()) {
      target[i] = values[i];
    }
  }

  @Override
  public final void paint(float[] target, int offset) {
    if (planes() == 1) {
      System.arraycopy(values, 0, target, offset, values.length);
      return;
    }
    int pixels = canvas.pixels();
    for (int i = 0; i < pixels; i++) {
      target[offset + i] = Luma.of(values[i], values[pixels + i], values[2 * pixels + i]);
    }
  }

  @Override
  public final void paint(float[] target, int offset, int planes) {
    if (planes == planes()) {
      System.arraycopy(values, 0, target, offset, values.length);
    } else {
      Raster.super.paint(target, offset, planes);
    }
  }

  @Override
  public final boolean equals(Object o) {
    return o instanceof PlanarImage other
        && canvas.equals(other.canvas)
        && Arrays.equals(values, other.values);
  }

  @Override
  public final int hashCode() {
    return 31 * canvas.hashCode() + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "PlanarImage " + canvas;
  }
}
