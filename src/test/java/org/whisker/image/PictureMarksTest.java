package org.whisker.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What src/test/python/orientation.py wrote by Pillow. */
class PictureMarksTest {
  private static byte[] bytes(String name) throws IOException {
    try (InputStream in = PictureMarksTest.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void aPhotoIsUpright(int orientation) throws IOException {
    String upright = "upright-" + orientation + ".png";
    GrayImage wanted = ImageFiles.readGray(upright, bytes(upright));
    GrayImage png = ImageFiles.readGray("a.png", bytes("turned-" + orientation + ".png"));
    assertEquals(wanted.canvas(), png.canvas());
    assertArrayEquals(wanted.values(), png.values());
    GrayImage jpeg = ImageFiles.readGray("a.jpg", bytes("turned-" + orientation + ".jpg"));
    assertEquals(wanted.canvas(), jpeg.canvas());
    assertArrayEquals(wanted.values(), jpeg.values(), 4 / 255f);
  }

  /** A block that is cut or points outside itself says nothing, and the picture is read. */
  @Test
  void aDamagedBlockSaysNothing() throws IOException {
    byte[] whole = bytes("turned-6.jpg");
    int exif = new String(whole, StandardCharsets.ISO_8859_1).indexOf("Exif");
    for (int at = exif; at < exif + 32; at++) {
      for (int value : new int[] {0, 0x7F, 0xFF}) {
        byte[] broken = whole.clone();
        broken[at] = (byte) value;
        Canvas canvas = ImageFiles.readGray("a.jpg", broken).canvas();
        assertEquals(24 * 16, canvas.pixels());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"RIFF....WEBP, a WebP", "....ftypheic, a HEIC or a video", "....ftypavif, an AVIF"})
  void whatIsNotReadIsNamed(String begin, String kind) {
    byte[] bytes =
        Arrays.copyOf(begin.replace('.', '\0').getBytes(StandardCharsets.ISO_8859_1), 100);
    IOException e = assertThrows(IOException.class, () -> ImageFiles.readGray("cat.jpg", bytes));
    assertEquals(
        "cat.jpg is " + kind + ", which is not read; convert it to PNG or JPEG", e.getMessage());
  }

  /**
   * 58 kB that took 21 s: a progressive JPEG may go over all of its pixels as often as it likes.
   */
  @Test
  void manyScansOfManyPixelsAreRefused() throws IOException {
    byte[] once = progressive(4000);
    int end = once.length - 2;
    int last = lastScan(once);
    ByteArrayOutputStream many = new ByteArrayOutputStream();
    many.write(once, 0, end);
    for (int i = 0; i < 200; i++) {
      many.write(once, last, end - last);
    }
    many.write(once, end, 2);
    IOException e =
        assertThrows(IOException.class, () -> ImageFiles.readGray("scans.jpg", many.toByteArray()));
    assertTrue(String.valueOf(e.getMessage()).contains("takes too long"), e.getMessage());
    assertEquals(4000, ImageFiles.readGray("once.jpg", once).canvas().width());
  }

  private static int lastScan(byte[] jpeg) {
    int at = jpeg.length - 2;
    while ((jpeg[at] & 0xFF) != 0xFF || (jpeg[at + 1] & 0xFF) != 0xDA) {
      at--;
    }
    return at;
  }

  private static byte[] progressive(int side) throws IOException {
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
}
