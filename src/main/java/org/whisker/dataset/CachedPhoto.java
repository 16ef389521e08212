package org.whisker.dataset;

import java.nio.ByteBuffer;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Raster;

/** A decoded photo, at its own size, one byte per pixel. Immutable. */
public final class CachedPhoto implements Raster {
  private static final int WHITE = 255;

  private final Photo photo;
  private final Canvas canvas;
  private final byte[] gray;

  private CachedPhoto(Photo photo, Canvas canvas, byte[] gray) {
    this.photo = photo;
    this.canvas = canvas;
    this.gray = gray;
  }

  /** Rounds {@code image} to 8 bits: lossless if it came from an 8-bit file. */
  static CachedPhoto of(Photo photo, GrayImage image) {
    byte[] gray = new byte[image.canvas().pixels()];
    for (int i = 0; i < gray.length; i++) {
      gray[i] = (byte) Math.round(Math.min(1f, Math.max(0f, image.at(i))) * WHITE);
    }
    return new CachedPhoto(photo, image.canvas(), gray);
  }

  public Photo photo() {
    return photo;
  }

  @Override
  public Canvas canvas() {
    return canvas;
  }

  /** The gray value of a pixel (see {@link Canvas}), 0 black to 255 white. */
  public int gray(int index) {
    return gray[index] & 0xFF;
  }

  /** All gray values, row-major, read-only. */
  public ByteBuffer bytes() {
    return ByteBuffer.wrap(gray).asReadOnlyBuffer();
  }

  @Override
  public void paint(float[] target, int offset) {
    for (int i = 0; i < gray.length; i++) {
      target[offset + i] = (gray[i] & 0xFF) / (float) WHITE;
    }
  }

  @Override
  public String toString() {
    return "CachedPhoto " + photo.file() + " " + canvas;
  }
}
