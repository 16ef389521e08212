package org.whisker.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Photos in WebP against Pillow, whose pictures lie beside them (src/test/python/webp.py). */
class WebpTest {
  private static final Path FIXTURES = Path.of("src/test/resources/webp");

  private static PlanarImage read(String name) throws IOException {
    return ImageFiles.read(FIXTURES.resolve(name), 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lossless", "gray", "alpha", "turned", "animated"})
  void losslessPicturesArePillows(String name) throws IOException {
    PlanarImage expected = read(name + ".png");
    PlanarImage own = read(name + ".webp");
    assertEquals(expected.canvas(), own.canvas());
    assertEquals(expected.planes(), own.planes());
    assertArrayEquals(expected.values(), own.values());
  }

  /** Rows and columns of colours are halved; Pillow interpolates what lies between. */
  @Test
  void lossyPicturesAreNearlyPillows() throws IOException {
    float[] expected = read("lossy.png").values();
    float[] own = read("lossy.webp").values();
    double sum = 0;
    for (int i = 0; i < own.length; i++) {
      sum += Math.abs(own[i] - expected[i]);
    }
    assertTrue(sum / own.length < 6 / 255.0, "mean difference " + sum / own.length);
  }

  /** Its reader takes what is missing for zeros. */
  @ParameterizedTest
  @ValueSource(ints = {13, 21, 30, 60, 100})
  void cutFilesAreDamaged(int kept) throws IOException {
    byte[] bytes = Files.readAllBytes(FIXTURES.resolve("lossless.webp"));
    told("cut.webp", Arrays.copyOf(bytes, kept), "cut.webp ");
  }

  /** The header has 14 bits for the width, less 1, and 14 for the height. */
  @Test
  void aHugePictureIsRefusedUnread() throws IOException {
    byte[] bytes = Files.readAllBytes(FIXTURES.resolve("lossless.webp"));
    Arrays.fill(bytes, 21, 24, (byte) 0xFF);
    bytes[24] |= 0x0F;
    told("huge.webp", bytes, "16384x16384, over 100 megapixels");
  }

  private static void told(String name, byte[] bytes, String what) {
    String message =
        String.valueOf(
            assertThrows(IOException.class, () -> ImageFiles.read(name, bytes, 3)).getMessage());
    assertTrue(message.startsWith(name) && message.contains(what), message);
    assertEquals(1, message.lines().count(), message);
  }
}
