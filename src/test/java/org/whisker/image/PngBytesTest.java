package org.whisker.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.whisker.random.SplitMix64;

/** What is written is read by ImageIO. */
class PngBytesTest {
  /** White with lines, a smooth area and noise. */
  private static BufferedImage drawn(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, width, height);
    g.setColor(new Color(31, 119, 180));
    g.drawLine(0, height, width, 0);
    g.drawOval(width / 4, height / 4, width / 2, height / 2);
    SplitMix64 random = SplitMix64.stream(1, "png", width);
    for (int y = height / 2; y < height; y++) {
      for (int x = 0; x < width / 2; x++) {
        int smooth = (x + y) % 256 << 16 | x % 256 << 8;
        image.setRGB(x, y, y % 3 == 0 ? random.nextInt(1 << 24) : smooth);
      }
    }
    g.dispose();
    return image;
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "3, 7", "401, 260", "1000, 700"})
  void coloursComeBack(int width, int height) throws IOException {
    BufferedImage image = drawn(width, height);
    byte[] png = PngBytes.of(image).bytes();
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(png));
    assertArrayEquals(
        image.getRGB(0, 0, width, height, null, 0, width),
        read.getRGB(0, 0, width, height, null, 0, width));
  }

  @Test
  void graysComeBack() throws IOException {
    byte[] samples = new byte[50 * 30];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) (i * i / 7);
    }
    byte[] png = new PngBytes(50, 30, 1, samples).bytes();
    byte[] read = new byte[samples.length];
    ImageIO.read(new ByteArrayInputStream(png)).getRaster().getDataElements(0, 0, 50, 30, read);
    assertArrayEquals(samples, read);
  }

  @Test
  void refuses() {
    assertThrows(IllegalArgumentException.class, () -> new PngBytes(2, 2, 2, new byte[8]));
    assertThrows(IllegalArgumentException.class, () -> new PngBytes(2, 2, 3, new byte[11]));
  }
}
