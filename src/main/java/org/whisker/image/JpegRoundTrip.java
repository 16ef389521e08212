package org.whisker.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.whisker.value.Checks;

/** A picture saved as a JPEG and read back, in memory. */
public final class JpegRoundTrip {
  private JpegRoundTrip() {}

  /**
   * The picture rounded to 255ths, compressed by the JDK's baseline encoder, decoded.
   *
   * @param quality 1 to 100, the encoder's 0.01 to 1
   */
  public static GrayImage of(GrayImage picture, int quality) {
    Checks.refuse(quality < 1 || quality > 100, "JPEG quality is 1 to 100, was %s", quality);
    try {
      ByteArrayInputStream encoded = new ByteArrayInputStream(encode(picture, quality));
      return Luma.of(ImageIO.read(new MemoryCacheImageInputStream(encoded)));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // writing to memory does not fail
    }
  }

  /**
   * Compresses a picture of any planes and decodes it; colours are sampled as JPEG files have them.
   *
   * @param quality 1 to 100, the encoder's 0.01 to 1
   */
  public static PlanarImage of(PlanarImage picture, int quality) {
    if (picture instanceof GrayImage gray) {
      return of(gray, quality);
    }
    try {
      return ImageFiles.read("a JPEG", encode(picture, quality), picture.planes());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // writing to memory does not fail
    }
  }

  private static byte[] encode(PlanarImage picture, int quality) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam how = writer.getDefaultWriteParam();
      how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      how.setCompressionQuality(quality / 100f);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image(picture), null, null), how);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static BufferedImage image(PlanarImage picture) {
    Canvas canvas = picture.canvas();
    int pixels = canvas.pixels();
    BufferedImage image =
        new BufferedImage(
            canvas.width(),
            canvas.height(),
            picture.planes() == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR);
    for (int at = 0; at < picture.planes() * pixels; at++) {
      int level = Math.round(255 * Math.min(1, Math.max(0, picture.at(at))));
      int i = at % pixels;
      image.getRaster().setSample(canvas.x(i), canvas.y(i), at / pixels, level);
    }
    return image;
  }
}
