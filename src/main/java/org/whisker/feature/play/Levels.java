package org.whisker.feature.play;

import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Raster;

/** Pictures as bytes: one a pixel, row-major, 0 black to 255 white, as in a gray PNG. */
public final class Levels {
  private static final float WHITE = 255;

  private Levels() {}

  /**
   * The picture of these levels.
   *
   * @throws IllegalArgumentException when there is not one for each pixel
   */
  public static GrayImage picture(Canvas canvas, byte[] levels) {
    float[] values = new float[levels.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Byte.toUnsignedInt(levels[i]) / WHITE;
    }
    return new GrayImage(canvas, values);
  }

  /** The levels of a picture, rounded. */
  public static byte[] of(Raster picture) {
    float[] values = picture.grayValues();
    byte[] levels = new byte[values.length];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = (byte) Math.round(Math.min(1, Math.max(0, values[i])) * WHITE);
    }
    return levels;
  }
}
