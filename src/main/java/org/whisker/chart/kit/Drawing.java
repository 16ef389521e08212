package org.whisker.chart.kit;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.whisker.io.AtomicFiles;

/** Something that can be drawn at a natural size, as PNG or SVG. */
public interface Drawing {
  /** Natural width in pixels of 1/96 inch. */
  int width();

  /** Natural height in pixels of 1/96 inch. */
  int height();

  /** Draws it with its top left corner at (0, 0), without a background. */
  void paint(Graphics2D g);

  /**
   * Renders it on white.
   *
   * @param zoom pixels per unit, at least 1; 2 is sharp on paper and high-density screens
   */
  default Png png(int zoom) {
    if (zoom < 1) {
      throw new IllegalArgumentException("zoom must be at least 1, was " + zoom);
    }
    BufferedImage image =
        new BufferedImage(width() * zoom, height() * zoom, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    try {
      g.setColor(Color.WHITE);
      g.fillRect(0, 0, image.getWidth(), image.getHeight());
      g.scale(zoom, zoom);
      Ink.prepare(g);
      paint(g);
    } finally {
      g.dispose();
    }
    return encode(image, zoom);
  }

  /** As SVG without a background; its colours follow those of the page (dark mode), if defined. */
  default Svg svg() {
    return SvgDrawing.of(this);
  }

  /** Writes it as PNG, at twice its natural size. */
  default void writePng(Path target) throws IOException {
    AtomicFiles.write(target, png(2).bytes());
  }

  default void writeSvg(Path target) throws IOException {
    AtomicFiles.write(target, svg().text());
  }

  private static Png encode(BufferedImage image, int zoom) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      if (!ImageIO.write(image, "png", out)) {
        throw new IllegalStateException("this JDK writes no PNG");
      }
      return new Png(out.toByteArray(), zoom);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // writing to memory does not fail
    }
  }
}
