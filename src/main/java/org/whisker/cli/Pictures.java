package org.whisker.cli;

import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Raster;
import org.whisker.image.Resample;

/** Brings pictures to the size that a classifier takes. */
final class Pictures {
  private Pictures() {}

  /** The picture itself when it has that size; else its middle, resized. */
  static Raster fitted(Raster picture, Canvas canvas) {
    if (picture.canvas().equals(canvas)) {
      return picture;
    }
    float[] values = new float[picture.canvas().pixels()];
    picture.paint(values, 0);
    GrayImage gray = new GrayImage(picture.canvas(), values);
    return Resample.shorterSideThenCentreCrop(gray, canvas);
  }
}
