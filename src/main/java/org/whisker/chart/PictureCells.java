package org.whisker.chart;

import java.awt.image.BufferedImage;
import java.util.function.IntUnaryOperator;
import org.whisker.chart.kit.Ink;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;
import org.whisker.saliency.SaliencyMap;

/** Pictures and maps as images of one cell a pixel. */
final class PictureCells {
  /** How dark black gets under a map: its colours must still be told. */
  private static final double DARKEST = 0.35;

  private PictureCells() {}

  static BufferedImage gray(Raster picture) {
    float[] gray = values(picture);
    return image(
        picture.canvas(),
        i -> {
          int level = Ink.level(Math.min(1, Math.max(0, gray[i])));
          return level << 16 | level << 8 | level;
        });
  }

  static BufferedImage map(SaliencyMap map, MapLook look) {
    float[] shown = look.shown(map);
    return image(map.canvas(), i -> look.rgb(shown[i]));
  }

  /** The map's colours, darkened where the picture is dark. */
  static BufferedImage overlay(Raster picture, SaliencyMap map, MapLook look) {
    float[] gray = values(picture);
    float[] shown = look.shown(map);
    return image(
        picture.canvas(),
        i -> {
          double light = DARKEST + (1 - DARKEST) * Math.min(1, Math.max(0, gray[i]));
          int rgb = look.rgb(shown[i]);
          return dimmed(rgb >> 16, light) << 16 | dimmed(rgb >> 8, light) << 8 | dimmed(rgb, light);
        });
  }

  private static int dimmed(int channel, double light) {
    return (int) Math.round((channel & 0xff) * light);
  }

  private static float[] values(Raster picture) {
    float[] gray = new float[picture.canvas().pixels()];
    picture.paint(gray, 0);
    return gray;
  }

  private static BufferedImage image(Canvas canvas, IntUnaryOperator rgb) {
    BufferedImage image =
        new BufferedImage(canvas.width(), canvas.height(), BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < canvas.pixels(); i++) {
      image.setRGB(canvas.x(i), canvas.y(i), rgb.applyAsInt(i));
    }
    return image;
  }
}
