package org.whisker.job.input;

import java.util.zip.CRC32;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Raster;
import org.whisker.image.Resample;

/** Brings pictures to the size that a classifier takes. */
public final class Pictures {
  private Pictures() {}

  /** The picture itself when it has that size; else its middle, resized. */
  public static Raster fitted(Raster picture, Canvas canvas) {
    if (picture.canvas().equals(canvas)) {
      return picture;
    }
    return Resample.shorterSideThenCentreCrop(GrayImage.of(picture), canvas);
  }

  /** A checksum of the gray values, to tell whether two pictures are the same. */
  public static String crc(Raster picture) {
    float[] gray = picture.grayValues();
    CRC32 crc = new CRC32();
    for (float value : gray) {
      int bits = Float.floatToIntBits(value);
      for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
        crc.update(bits >>> shift);
      }
    }
    return Long.toHexString(crc.getValue());
  }
}
