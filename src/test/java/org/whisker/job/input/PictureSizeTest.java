package org.whisker.job.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.ImageFiles;
import org.whisker.image.Raster;
import org.whisker.image.Tones;

class PictureSizeTest {
  private static final Canvas CANVAS = new Canvas(8, 8);
  private static final Canvas OTHER = new Canvas(16, 12);
  private static final PictureSize USUAL = new PictureSize(CANVAS, 1, false);

  private static GrayImage photo() {
    float[] values = new float[OTHER.pixels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i / (float) values.length;
    }
    return new GrayImage(OTHER, values);
  }

  private static String refused(Raster picture) {
    return assertThrows(IOException.class, () -> USUAL.fit("best.png", picture)).toString();
  }

  /** An array of 0 and 1 that is written as it is looks black, and would be scored as black. */
  @Test
  void aPictureOfZerosAndOnesIsRefused(@TempDir Path folder) throws IOException {
    float[] values = new float[CANVAS.pixels()];
    Arrays.fill(values, 1 / 255f);
    values[3] = 0;
    Path file = folder.resolve("ones.png");
    ImageFiles.writePng(file, new GrayImage(CANVAS, values));
    String told = assertThrows(IOException.class, () -> USUAL.read(file)).toString();
    assertTrue(told.contains("ones.png has no value above 1 of 255"), told);
    Path black = folder.resolve("black.png");
    ImageFiles.writePng(black, GrayImage.filled(CANVAS, 0));
    assertEquals(CANVAS, USUAL.read(black).canvas());
  }

  @Test
  void aPhotoIsResized() throws IOException {
    assertEquals(CANVAS, USUAL.fit("photo.png", photo()).canvas());
    assertTrue(USUAL.isResized(photo()));
  }

  @Test
  void singlePixelsAreNotUnlessAsked() throws IOException {
    BlackPixels evolved = BlackPixels.of(OTHER, 3, 40);
    String message = refused(evolved);
    assertTrue(message.contains("best.png") && message.contains("--resize"), message);
    assertTrue(message.contains("16x12 to 8x8"), message);
    assertFalse(message.contains("\n"), message);
    refused(new Tones(0.5f, 0.75f).painted(evolved));
    assertEquals(CANVAS, new PictureSize(CANVAS, 1, true).fit("best.png", evolved).canvas());
  }

  @Test
  void ofTheRightSizeAPictureStaysWhatItIs() throws IOException {
    BlackPixels evolved = BlackPixels.of(CANVAS, 3);
    assertSame(evolved, USUAL.fit("best.png", evolved));
  }

  /** One gray has no pixels to lose. */
  @Test
  void anEmptyPictureIsResized() throws IOException {
    assertEquals(CANVAS, USUAL.fit("white.png", BlackPixels.none(OTHER)).canvas());
  }

  @Test
  void aReaderRefusesThemToo(@TempDir Path folder) throws IOException {
    Path best = folder.resolve("best.png");
    ImageFiles.writePng(best, BlackPixels.of(OTHER, 3, 40));
    PictureReader reader = new PictureReader("--image", USUAL);
    assertThrows(IOException.class, () -> reader.read(best.toString()));
    PictureReader asked = new PictureReader("--image", new PictureSize(CANVAS, 1, true));
    assertTrue(asked.read(best.toString()).get(0).pictures().get(0).resized());
  }
}
