package org.whisker.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Black pictures as progressive JPEG, which may go over all of its pixels as often as it likes. */
public final class ProgressiveJpeg {
  private ProgressiveJpeg() {}

  /** A picture of so many pixels a side. */
  public static byte[] of(int side) throws IOException {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), param);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** The same picture, with so many more of its last scan. */
  public static byte[] withScans(byte[] once, int more) {
    int end = once.length - 2; // the last marker
    int last = end;
    while ((once[last] & 0xFF) != 0xFF || (once[last + 1] & 0xFF) != 0xDA) {
      last--;
    }
    ByteArrayOutputStream many = new ByteArrayOutputStream();
    many.write(once, 0, end);
    for (int i = 0; i < more; i++) {
      many.write(once, last, end - last);
    }
    many.write(once, end, 2);
    return many.toByteArray();
  }
}
