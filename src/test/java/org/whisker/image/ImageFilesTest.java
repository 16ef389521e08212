package org.whisker.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFilesTest {
  @TempDir Path folder;

  private Path save(BufferedImage image, String format) throws IOException {
    Path file = folder.resolve("picture." + format);
    assertTrue(ImageIO.write(image, format, file.toFile()));
    return file;
  }

  private static BufferedImage colours(int type) {
    BufferedImage image = new BufferedImage(4, 1, type);
    int[] rgb = {0xFFFF0000, 0xFF00FF00, 0xFF0000FF, 0xFF808080};
    image.setRGB(0, 0, 4, 1, rgb, 0, 4);
    return image;
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "gif"})
  void grayIsRec601Luma(String format) throws IOException {
    GrayImage gray = ImageFiles.readGray(save(colours(BufferedImage.TYPE_INT_RGB), format));
    // What Pillow's convert("L") gives for red, green, blue and mid-gray.
    assertArrayEquals(
        new float[] {76 / 255f, 150 / 255f, 29 / 255f, 128 / 255f}, gray.values(), 1e-7f);
  }

  @Test
  void grayJpegKeepsItsStoredValues() throws IOException {
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
    int[] samples = new int[256];
    Arrays.fill(samples, 100);
    image.getRaster().setPixels(0, 0, 16, 16, samples);
    GrayImage gray = ImageFiles.readGray(save(image, "jpg"));
    assertEquals(100 / 255f, gray.at(5, 5), 1.5 / 255);
  }

  @Test
  void colourJpegIsClose() throws IOException {
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    int[] rgb = new int[256];
    Arrays.fill(rgb, 0x204080);
    image.setRGB(0, 0, 16, 16, rgb, 0, 16);
    double luma = (0.299 * 0x20 + 0.587 * 0x40 + 0.114 * 0x80) / 255;
    assertEquals(luma, ImageFiles.readGray(save(image, "jpg")).at(5, 5), 2.0 / 255);
  }

  /** Eight squares of four inks, written by Pillow, and what its convert("L") gives for them. */
  @Test
  void inksAreLuma() throws IOException {
    byte[] jpeg =
        Base64.getDecoder()
            .decode(
                "/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwABAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB"
                    + "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB/8AAFAgACABABEMRAE0RAFkRAEsRAP/EAB8AAAEFAQEB"
                    + "AQEBAAAAAAAAAAABAgMEBQYHCAkKC//EALUQAAIBAwMCBAMFBQQEAAABfQECAwAEEQUSITFBBhNRYQci"
                    + "cRQygZGhCCNCscEVUtHwJDNicoIJChYXGBkaJSYnKCkqNDU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVm"
                    + "Z2hpanN0dXZ3eHl6g4SFhoeIiYqSk5SVlpeYmZqio6Slpqeoqaqys7S1tre4ubrCw8TFxsfIycrS09TV"
                    + "1tfY2drh4uPk5ebn6Onq8fLz9PX29/j5+v/aAA4EQwBNAFkASwAAPwD/AD/6/v4r+/iv7+K/3+K/wB6K"
                    + "KK/3+K/wB6KKK/3+K/wB6KKK/wB/iv8AP/r+f+vz/r5/r+7Cv87+vwvr+L+v8FevxHr/AC16/wA8ev/Z");
    GrayImage gray = ImageFiles.readGray("inks.jpg", jpeg);
    int[] wanted = {179, 105, 226, 0, 255, 164, 66, 0};
    for (int i = 0; i < wanted.length; i++) {
      assertEquals(wanted[i] / 255f, gray.at(8 * i + 4, 4), 1e-7f, "square " + i);
    }
  }

  @Test
  void transparentPixelsAreOverWhite() throws IOException {
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 3, 1, new int[] {0x00000000, 0xFF000000, 0x33000000}, 0, 3);
    GrayImage gray = ImageFiles.readGray(save(image, "png"));
    assertArrayEquals(new float[] {1f, 0f, 0.8f}, gray.values(), 1e-6f);
  }

  @Test
  void alphaOfOneInThePlaceOf255IsRefused() throws IOException {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x01000000);
    Path file = folder.resolve("faint.png");
    ImageIO.write(image, "png", file.toFile());
    IOException e = assertThrows(IOException.class, () -> ImageFiles.readGray(file));
    assertEquals(
        file
            + " has no alpha above 1 of 255, and is seen as white; write 255 in place of 1, or"
            + " leave alpha out",
        e.getMessage());
    image.setRGB(0, 0, 0); // nothing to be seen, as on a canvas that was saved empty
    ImageIO.write(image, "png", file.toFile());
    assertEquals(1, ImageFiles.readGray(file).at(0));
  }

  @Test
  void transparentGrayIsOverWhiteToo() throws IOException {
    ComponentColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_GRAY), true, false, 3, DataBuffer.TYPE_BYTE);
    WritableRaster raster = model.createCompatibleWritableRaster(2, 1);
    raster.setPixels(0, 0, 2, 1, new int[] {51, 255, 0, 51});
    BufferedImage image = new BufferedImage(model, raster, false, null);
    GrayImage gray = ImageFiles.readGray(save(image, "png"));
    assertArrayEquals(new float[] {0.2f, 0.8f}, gray.values(), 1e-6f);
  }

  @Test
  void sixteenBitGrayKeepsItsDepth() throws IOException {
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_USHORT_GRAY);
    image.getRaster().setPixels(0, 0, 3, 1, new int[] {0, 12_345, 65_535});
    GrayImage gray = ImageFiles.readGray(save(image, "png"));
    assertArrayEquals(new float[] {0f, 12_345 / 65_535f, 1f}, gray.values(), 1e-7f);
  }

  @Test
  void oneBitPngIsBlackAndWhite() throws IOException {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY);
    image.setRGB(1, 0, 0xFFFFFFFF);
    assertArrayEquals(new float[] {0f, 1f}, ImageFiles.readGray(save(image, "png")).values());
  }

  @Test
  void blackPixelsRoundTripAtAnyZoom() throws IOException {
    BlackPixels cat = BlackPixels.of(new Canvas(5, 3), 0, 7, 14);
    Path file = folder.resolve("best.png");
    ImageFiles.writePng(file, cat);
    assertEquals(cat, ImageFiles.readBlackPixels(file));
    ImageFiles.writePng(file, cat, 4);
    BlackPixels large = ImageFiles.readBlackPixels(file);
    assertEquals(new Canvas(20, 12), large.canvas());
    assertEquals(3 * 16, large.count());
    assertTrue(large.contains(large.canvas().index(11, 7)));
    assertFalse(large.contains(large.canvas().index(12, 7)));
    assertEquals(List.of("best.png"), names());
  }

  @Test
  void grayRoundTripsToEightBits() throws IOException {
    Canvas canvas = new Canvas(16, 16);
    float[] levels = new float[256];
    for (int i = 0; i < 256; i++) {
      levels[i] = i / 255f;
    }
    Path file = folder.resolve("gray.png");
    ImageFiles.writePng(file, new GrayImage(canvas, levels));
    assertArrayEquals(levels, ImageFiles.readGray(file).values());
  }

  @Test
  void blackIsBelowOneHalf() throws IOException {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setPixels(0, 0, 2, 1, new int[] {127, 128});
    BlackPixels black = ImageFiles.readBlackPixels(save(image, "png"));
    assertArrayEquals(new int[] {0}, black.indices());
  }

  @Test
  void failedWriteLeavesTheOldFileAndNothingElse() throws IOException {
    Path file = folder.resolve("best.png");
    Files.createDirectories(file.resolve("in the way"));
    BlackPixels cat = BlackPixels.of(Canvas.square(3), 1);
    assertTells(() -> ImageFiles.writePng(file, cat), file, "could not be written");
    assertEquals(List.of("best.png"), names());
    Path nowhere = Files.writeString(folder.resolve("none"), "a file").resolve("best.png");
    assertTells(() -> ImageFiles.writePng(nowhere, cat), nowhere, "where its folder should be");
  }

  @Test
  void refusesWhatCannotBeDrawn() {
    GrayImage bad = GrayImage.filled(Canvas.square(2), Float.NaN);
    Path file = folder.resolve("bad.png");
    assertThrows(IllegalArgumentException.class, () -> ImageFiles.writePng(file, bad));
    BlackPixels good = BlackPixels.none(Canvas.square(2));
    assertThrows(IllegalArgumentException.class, () -> ImageFiles.writePng(file, good, 0));
    assertFalse(Files.exists(file));
  }

  @Test
  void missingFileAndFolderAreNamed() {
    Path missing = folder.resolve("missing.png");
    assertTells(() -> ImageFiles.readGray(missing), missing, "does not exist");
    assertTells(() -> ImageFiles.readGray(folder), folder, "is not a file");
  }

  @Test
  void textAndEmptyFilesAreNoImage() throws IOException {
    Path text = Files.writeString(folder.resolve("notes.png"), "no picture");
    assertTells(() -> ImageFiles.readGray(text), text, "is not an image");
    Path empty = Files.write(folder.resolve("empty.jpg"), new byte[0]);
    assertTells(() -> ImageFiles.readGray(empty), empty, "is not an image");
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "bmp", "gif"})
  void cutFilesAreDamaged(String format) throws IOException {
    BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 4096; i++) {
      image.setRGB(i % 64, i / 64, i * 0x9E3779B9 & 0xFFFFFF);
    }
    Path file = save(image, format);
    byte[] bytes = Files.readAllBytes(file);
    for (int kept : new int[] {40, bytes.length / 2}) {
      Files.write(file, Arrays.copyOf(bytes, kept));
      assertTells(() -> ImageFiles.readGray(file), file, "damaged");
    }
  }

  /**
   * The decoders only warn of codes that there are not, and go on with gray or black. A GIF has
   * code 0.
   */
  @ParameterizedTest
  @CsvSource({"jpg,0,0", "jpg,255,0", "jpg,255,217", "gif,255,0", "gif,255,217", "gif,255,255"})
  void changedBytesAreDamage(String format, int even, int odd) throws IOException {
    BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 4096; i++) {
      image.setRGB(i % 64, i / 64, i * 0x9E3779B9 & 0xFFFFFF);
    }
    Path file = save(image, format);
    byte[] bytes = Files.readAllBytes(file);
    for (int i = 0; i < 40; i++) {
      bytes[bytes.length / 2 + i] = (byte) (i % 2 == 0 ? even : odd);
    }
    Files.write(file, bytes);
    assertTells(() -> ImageFiles.readGray(file), file, "damaged");
  }

  @Test
  void onlyTheFormatsThatAreNamedAreRead() throws IOException {
    Path file = save(new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_GRAY), "tiff");
    assertTells(() -> ImageFiles.readGray(file), file, "is of the format tif");
  }

  @Test
  void hugeHeaderIsRefusedUnread() throws IOException {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
    Path file = save(image, "png");
    ByteBuffer png = ByteBuffer.wrap(Files.readAllBytes(file));
    png.putInt(16, 20_000).putInt(20, 20_000);
    CRC32 crc = new CRC32();
    crc.update(png.array(), 12, 17);
    png.putInt(29, (int) crc.getValue());
    Files.write(file, png.array());
    assertTells(() -> ImageFiles.readGray(file), file, "20000x20000, over 100 megapixels");
  }

  /** An Adobe marker that promises four colours, of a JPEG that has three. */
  @Test
  void whatAReaderThrowsIsNotShown() throws IOException {
    Path file = save(new BufferedImage(9, 9, BufferedImage.TYPE_INT_RGB), "jpg");
    byte[] jpeg = Files.readAllBytes(file);
    byte[] marker = {-1, -18, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 2};
    ByteBuffer lying = ByteBuffer.allocate(jpeg.length + marker.length);
    Files.write(file, lying.put(jpeg, 0, 2).put(marker).put(jpeg, 2, jpeg.length - 2).array());
    assertTells(() -> ImageFiles.readGray(file), file, "damaged or of an unusual kind (it cannot");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  private static void assertTells(Executable action, Path file, String what) {
    String message = String.valueOf(assertThrows(IOException.class, action).getMessage());
    assertTrue(message.startsWith(file.toString()), message);
    assertTrue(message.contains(what), message);
    assertEquals(1, message.lines().count(), message);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aDeviceIsNotReplaced() throws IOException {
    Path device = Files.createSymbolicLink(folder.resolve("b.png"), Path.of("/dev/null"));
    PlanarImage white = GrayImage.filled(new Canvas(2, 2), 1);
    assertTells(() -> ImageFiles.writePng(device, white), device, "is a pipe or device");
    Files.delete(device);
  }

  @Test
  void nothingIsWrittenThroughALink(@TempDir Path folder) throws IOException {
    Path victim = Files.writeString(folder.resolve("victim"), "mine");
    Files.createSymbolicLink(folder.resolve("a.png.part"), victim);
    ImageFiles.writePng(
        folder.resolve("a.png"), new GrayImage(new Canvas(1, 1), new float[] {0.5f}));
    assertEquals("mine", Files.readString(victim));
    assertEquals(1, ImageFiles.readGray(folder.resolve("a.png")).canvas().width());
  }

  /** A disk that is damaged says that alone. */
  @Test
  void whatTheSystemSaysComesWithTheFile() throws IOException {
    InputStream damaged = InputStream.nullInputStream();
    damaged.close();
    IOException e =
        assertThrows(
            IOException.class, () -> ImageFiles.ImageDecoder.read("a/cat.png", damaged, 1));
    assertEquals("a/cat.png could not be read (Stream closed); give another copy", e.getMessage());
  }
}
