package org.whisker.chart.kit;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;

/** Pictures and maps as images with one pixel per cell. */
public final class CellImage {
  private static final int[] UNKNOWN = {0x9a9a9a, 0xc4c4c4};

  private CellImage() {}

  /**
   * An image of these colours.
   *
   * @param rgb colour of each pixel as 0xRRGGBB, row-major
   */
  public static BufferedImage of(Canvas canvas, IntUnaryOperator rgb) {
    BufferedImage image =
        new BufferedImage(canvas.width(), canvas.height(), BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < canvas.pixels(); i++) {
      image.setRGB(canvas.x(i), canvas.y(i), rgb.applyAsInt(i));
    }
    return image;
  }

  /** A map; NaN ("not measured") is drawn as a gray hatching. */
  static BufferedImage of(Canvas canvas, float[] values, Scale scale, ColorMap colors) {
    return of(
        canvas,
        i ->
            Float.isNaN(values[i])
                ? UNKNOWN[(canvas.x(i) + canvas.y(i)) & 1]
                : colors.rgb(scale.position(values[i])));
  }

  /**
   * A picture in its grays or colours; with only two gray values it takes one bit per pixel, which
   * keeps pages small.
   */
  public static BufferedImage of(Raster picture) {
    Canvas canvas = picture.canvas();
    int[] levels = levels(picture);
    if (picture.planes() > 1) {
      int pixels = canvas.pixels();
      return of(canvas, i -> levels[i] << 16 | levels[pixels + i] << 8 | levels[2 * pixels + i]);
    }
    int[] tones = IntStream.of(levels).distinct().limit(3).toArray();
    return tones.length > 2
        ? of(canvas, i -> levels[i] << 16 | levels[i] << 8 | levels[i])
        : twoTone(canvas, levels, tones);
  }

  private static int[] levels(Raster picture) {
    float[] values = picture.values();
    return IntStream.range(0, values.length)
        .map(i -> Ink.level(Math.min(1, Math.max(0, values[i]))))
        .toArray();
  }

  private static BufferedImage twoTone(Canvas canvas, int[] levels, int[] tones) {
    byte[] palette = {(byte) tones[0], (byte) tones[tones.length - 1]};
    IndexColorModel model = new IndexColorModel(1, 2, palette, palette, palette);
    BufferedImage image =
        new BufferedImage(canvas.width(), canvas.height(), BufferedImage.TYPE_BYTE_BINARY, model);
    for (int i = 0; i < levels.length; i++) {
      image.getRaster().setSample(canvas.x(i), canvas.y(i), 0, levels[i] == tones[0] ? 0 : 1);
    }
    return image;
  }
}
