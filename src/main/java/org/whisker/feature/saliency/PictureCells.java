package org.whisker.feature.saliency;

import java.awt.image.BufferedImage;
import org.whisker.chart.kit.CellImage;
import org.whisker.image.Raster;
import org.whisker.saliency.result.PictureMap;

/** Saliency maps as images with one pixel per cell, alone or overlaid on their image. */
final class PictureCells {
  /** The lightness of black under a map, whose colours must remain distinguishable. */
  private static final double DARKEST = 0.45;

  /** Pictures that are darker on the whole are lightened. */
  private static final double MEAN = 0.55;

  private PictureCells() {}

  static BufferedImage map(PictureMap map, MapLook look) {
    float[] shown = look.shown(map);
    return CellImage.of(map.canvas(), i -> look.rgb(shown[i]));
  }

  /** The map's colours, darkened where the picture, lightened, is dark. */
  static BufferedImage overlay(Raster picture, PictureMap map, MapLook look) {
    float[] gray = picture.grayValues();
    float[] shown = look.shown(map);
    double gamma = gamma(gray);
    return CellImage.of(
        picture.canvas(),
        i -> {
          double light =
              DARKEST + (1 - DARKEST) * Math.pow(Math.min(1, Math.max(0, gray[i])), gamma);
          int rgb = look.rgb(shown[i]);
          return dimmed(rgb >> 16, light) << 16 | dimmed(rgb >> 8, light) << 8 | dimmed(rgb, light);
        });
  }

  /** The exponent that gives a dark picture a mean of about {@value #MEAN}. */
  private static double gamma(float[] gray) {
    double sum = 0;
    for (float value : gray) {
      sum += value;
    }
    double mean = Math.max(0.02, sum / gray.length);
    return mean >= MEAN ? 1 : Math.log(MEAN) / Math.log(mean);
  }

  private static int dimmed(int channel, double light) {
    return (int) Math.round((channel & 0xff) * light);
  }
}
