package org.whisker.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.whisker.image.Resample.Box;
import org.whisker.random.SplitMix64;

class ResampleTest {
  private static GrayImage noise(int width, int height) {
    SplitMix64 random = new SplitMix64(5);
    float[] values = new float[width * height];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    return new GrayImage(new Canvas(width, height), values);
  }

  @Test
  void sameSizeIsTheSameImage() {
    GrayImage image = noise(7, 5);
    assertArrayEquals(image.values(), Resample.resize(image, image.canvas()).values(), 1e-7f);
  }

  @Test
  void oneColourStays() {
    GrayImage gray = GrayImage.filled(new Canvas(160, 200), 0.3f);
    GrayImage out = Resample.resize(gray, new Box(3.3, 7.9, 101.1, 57.2), new Canvas(31, 44));
    assertArrayEquals(GrayImage.filled(new Canvas(31, 44), 0.3f).values(), out.values(), 1e-6f);
  }

  @Test
  void shrinkingByTwoWeighsWithTheWideTriangle() {
    // Reach 2 about centre 1: heights 3/4, 3/4, 1/4 at pixels 0, 1, 2; the fourth is out of reach.
    GrayImage image = new GrayImage(new Canvas(4, 1), new float[] {0.1f, 0.5f, 0.9f, 0.2f});
    float left = (3 * 0.1f + 3 * 0.5f + 0.9f) / 7;
    float right = (0.5f + 3 * 0.9f + 3 * 0.2f) / 7;
    GrayImage out = Resample.resize(image, new Canvas(2, 1));
    assertArrayEquals(new float[] {left, right}, out.values(), 1e-6f);
  }

  @Test
  void enlargingByTwoInterpolates() {
    GrayImage image = new GrayImage(new Canvas(1, 2), new float[] {0f, 1f});
    GrayImage out = Resample.resize(image, new Canvas(1, 4));
    assertArrayEquals(new float[] {0f, 0.25f, 0.75f, 1f}, out.values(), 1e-6f);
  }

  @Test
  void isTheDirectSumOverBothAxes() {
    GrayImage image = noise(23, 17);
    Box box = new Box(2.5, 1.25, 17.3, 14.1);
    Canvas size = new Canvas(6, 9);
    GrayImage out = Resample.resize(image, box, size);
    for (int y = 0; y < size.height(); y++) {
      for (int x = 0; x < size.width(); x++) {
        assertEquals(direct(image, box, size, x, y), out.at(x, y), 1e-6);
      }
    }
  }

  private static double direct(GrayImage image, Box box, Canvas size, int x, int y) {
    double scaleX = box.width() / size.width();
    double scaleY = box.height() / size.height();
    double sum = 0;
    double total = 0;
    for (int j = 0; j < image.canvas().height(); j++) {
      for (int i = 0; i < image.canvas().width(); i++) {
        double dx = (i + 0.5 - box.x() - (x + 0.5) * scaleX) / Math.max(1, scaleX);
        double dy = (j + 0.5 - box.y() - (y + 0.5) * scaleY) / Math.max(1, scaleY);
        double weight = Math.max(0, 1 - Math.abs(dx)) * Math.max(0, 1 - Math.abs(dy));
        sum += weight * image.at(i, j);
        total += weight;
      }
    }
    return sum / total;
  }

  @Test
  void centreCropDropsTheEndsOfTheLongerSide() {
    GrayImage image = noise(10, 4);
    GrayImage expected = Resample.resize(image, new Box(3, 0, 4, 4), Canvas.square(2));
    assertEquals(expected, Resample.shorterSideThenCentreCrop(image, Canvas.square(2)));
    assertEquals(
        Resample.resize(image, new Box(0, 1, 10, 2), new Canvas(20, 4)),
        Resample.shorterSideThenCentreCrop(image, new Canvas(20, 4)));
    // Sides that do not divide evenly must not push the box off the image.
    assertEquals(
        new Canvas(7, 3),
        Resample.shorterSideThenCentreCrop(noise(11, 13), new Canvas(7, 3)).canvas());
  }

  @Test
  void refusesBoxesOffTheImage() {
    GrayImage image = noise(10, 4);
    Canvas size = Canvas.square(2);
    assertThrows(
        IllegalArgumentException.class, () -> Resample.resize(image, new Box(7, 0, 4, 4), size));
    assertThrows(
        IllegalArgumentException.class, () -> Resample.resize(image, new Box(0, -1, 4, 4), size));
    assertThrows(IllegalArgumentException.class, () -> new Box(0, 0, Double.NaN, 1));
    assertThrows(IllegalArgumentException.class, () -> new Box(0, 0, 1, 0));
  }
}
