package org.whisker.chart.kit;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.whisker.chart.kit.Picture.Png;
import org.whisker.chart.kit.Picture.Svg;
import org.whisker.value.Checks;

/** Something that can be drawn at a natural size, as PNG or SVG. */
public interface Drawing {
  /** Natural width in pixels of 1/96 inch. */
  int width();

  /** Natural height in pixels of 1/96 inch. */
  int height();

  /** Draws it with its top left corner at (0, 0), without a background. */
  void paint(Graphics2D g);

  /**
   * Renders the drawing on white.
   *
   * @param zoom pixels per unit, at least 1; 2 is sharp on paper and high-density screens
   */
  default Png png(int zoom) {
    Checks.refuse(zoom < 1, "zoom must be at least 1, was %s", zoom);
    return encode(raster(width(), height(), zoom, this::paint), zoom);
  }

  /**
   * Pixels on white.
   *
   * @param width in units
   * @param height in units
   * @param zoom pixels per unit
   */
  static BufferedImage raster(
      double width, double height, double zoom, Consumer<Graphics2D> painted) {
    BufferedImage image =
        new BufferedImage(
            (int) Math.round(width * zoom),
            (int) Math.round(height * zoom),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    try {
      g.setColor(Color.WHITE);
      g.fillRect(0, 0, image.getWidth(), image.getHeight());
      g.scale(zoom, zoom);
      Ink.prepare(g);
      painted.accept(g);
    } finally {
      g.dispose();
    }
    return image;
  }

  /**
   * Lays the content out again to be at most {@code width} units wide, where it can be; type and
   * lines keep their size.
   */
  default Drawing within(int width) {
    return this;
  }

  /**
   * The drawing as SVG without a background; its colours follow those of the page (dark mode), if
   * defined.
   */
  default Svg svg() {
    return SvgDrawing.of(this);
  }

  private static Png encode(BufferedImage image, int zoom) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      if (!ImageIO.write(image, "png", out)) {
        throw new IllegalStateException("this JDK writes no PNG");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // writing to memory does not fail
    }
    return new Png(bytes.toByteArray(), zoom);
  }

  /** A drawing composed of other drawings. */
  interface Composed extends Drawing {
    /** The composition, laid out as one drawing. */
    Drawing drawing();

    @Override
    default int width() {
      return drawing().width();
    }

    @Override
    default int height() {
      return drawing().height();
    }

    @Override
    default void paint(Graphics2D g) {
      drawing().paint(g);
    }

    @Override
    default Drawing within(int width) {
      return drawing().within(width);
    }
  }
}
