package org.whisker.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
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
  @CsvSource({"....ftypheic, a HEIC or a video", "....ftypavif, an AVIF"})
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
    byte[] once = ProgressiveJpeg.of(4000);
    byte[] many = ProgressiveJpeg.withScans(once, 200);
    IOException e = assertThrows(IOException.class, () -> ImageFiles.readGray("scans.jpg", many));
    assertTrue(String.valueOf(e.getMessage()).contains("takes too long"), e.getMessage());
    assertEquals(4000, ImageFiles.readGray("once.jpg", once).canvas().width());
  }
}
