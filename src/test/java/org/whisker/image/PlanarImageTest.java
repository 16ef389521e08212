package org.whisker.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanarImageTest {
  private static final Canvas CANVAS = new Canvas(3, 2);

  @TempDir private Path folder;

  private static PlanarImage colours() {
    float[] values = new float[18];
    for (int i = 0; i < values.length; i++) {
      values[i] = i * 15 / 255f;
    }
    return PlanarImage.of(CANVAS, values);
  }

  @Test
  void coloursComeBackFromTheirFileAndAsGrayTheyAreTheirLuma() throws IOException {
    Path file = folder.resolve("colours.png");
    ImageFiles.writePng(file, colours());
    PlanarImage read = ImageFiles.read(file, 3);
    assertEquals(colours(), read);
    GrayImage gray = ImageFiles.readGray(file);
    assertArrayEquals(gray.values(), colours().grayValues(), 0.51f / 255);
    assertEquals(gray, ImageFiles.read(file, 1));
  }

  @Test
  void aFileOfColoursWithoutAColouredPixelIsGray() throws IOException {
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
    image.setRGB(1, 1, 0x7f7f7f);
    Path file = folder.resolve("gray.png");
    ImageIO.write(image, "png", file.toFile());
    assertInstanceOf(GrayImage.class, ImageFiles.read(file, 3));
    assertEquals(ImageFiles.readGray(file), ImageFiles.read(file, 3));
  }

  @Test
  void eachPlaneIsResizedByItself() {
    PlanarImage small = Resample.shorterSideThenCentreCrop(colours(), new Canvas(2, 1));
    assertEquals(3, small.planes());
    for (int plane = 0; plane < 3; plane++) {
      assertEquals(
          Resample.shorterSideThenCentreCrop(colours().plane(plane), new Canvas(2, 1)),
          small.plane(plane));
    }
  }

  @Test
  void patchesOfGrayAndColoursLieOnEither() {
    Raster onColours = Patch.pixel(1, 1, 1).on(colours());
    assertEquals(3, onColours.planes());
    float[] values = onColours.values();
    for (int plane = 0; plane < 3; plane++) {
      assertEquals(1, values[plane * 6 + 4]);
      assertEquals(colours().at(plane * 6 + 3), values[plane * 6 + 3]);
    }
    PlanarImage red = PlanarImage.of(Canvas.square(1), new float[] {1, 0, 0});
    Raster onGray = new Patch(0, 0, red).on(BlackPixels.none(CANVAS));
    assertEquals(3, onGray.planes());
    assertArrayEquals(
        new float[] {1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1}, onGray.values());
    assertEquals(0.299f, onGray.grayValues()[0], 1e-5f);
  }

  @Test
  void pixelsAreComparedInAllPlanes() {
    float[] values = colours().values();
    values[14] = 0;
    PlanarImage other = colours().with(values);
    assertFalse(colours().isSameAt(other, 2));
    assertTrue(colours().isSameAt(other, 1));
    assertTrue(GrayImage.filled(CANVAS, 0).in(3).isBlackAt(5));
    assertFalse(colours().isBlackAt(0));
  }
}
