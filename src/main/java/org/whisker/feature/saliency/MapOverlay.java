package org.whisker.feature.saliency;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.whisker.chart.kit.CellImage;
import org.whisker.chart.kit.Framed;
import org.whisker.chart.kit.Framed.Outline;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.GaussianBlur;
import org.whisker.image.GrayImage;
import org.whisker.image.Raster;
import org.whisker.saliency.result.SaliencyFolder.FolderMap;
import org.whisker.saliency.result.SaliencyFolder.PictureMap;
import org.whisker.saliency.result.SaliencyFolder.PictureMap.MapMeaning;
import org.whisker.table.ChartRequest.Overlay;
import org.whisker.table.ChartRequest.Overlay.Style;

/**
 * A map laid over its picture: the stronger a place, the less of the picture is seen through its
 * colour. The picture is in grays, so that each colour is the map's; with lines around the
 * strongest places it keeps its own colours.
 */
record MapOverlay(MapLook look, Overlay asked) {
  /** Lines are drawn where the map, smoothed, has this share of its largest value. */
  private static final double LEVEL = 0.5;

  /** The standard deviation of the smoothing, as a share of the shorter side. */
  private static final double SMOOTHING = 1 / 56.0;

  private static final float LINE = 1.8f;
  private static final float HALO = 3.6f;

  /** Dark pictures are lightened to this mean, so that colours remain distinguishable. */
  private static final double MEAN = 0.55;

  private static final double DARKEST = 0.3;

  /** A picture of one unit a pixel, times the zoom. */
  Framed framed(FolderMap of, double zoom) throws IOException {
    PictureMap map = of.smooth();
    Raster picture = of.picture().pixels();
    return asked.style() == Style.CONTOUR
        ? new Framed(CellImage.of(picture), zoom, contours(map, (float) Math.min(1, zoom)))
        : new Framed(cells(picture, map), zoom, List.of());
  }

  /** The picture in grays under the colours of the map. */
  BufferedImage cells(Raster picture, PictureMap map) {
    float[] gray = picture.grayValues();
    float[] shown = look.shown(map);
    double gamma = gamma(gray);
    return CellImage.of(
        picture.canvas(),
        i -> {
          double light = Math.pow(Math.min(1, Math.max(0, gray[i])), gamma);
          int level = (int) Math.round(255 * (DARKEST + (1 - DARKEST) * light));
          boolean hidden = asked.style() == Style.POSITIVE && shown[i] < 0;
          double strength = hidden ? 0 : look.strength(shown[i]);
          return mixed(level * 0x10101, look.full(shown[i]), asked.opacity() * Math.sqrt(strength));
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

  private static int mixed(int below, int above, double share) {
    int rgb = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int from = below >> shift & 0xff;
      int to = above >> shift & 0xff;
      rgb |= (int) Math.round(from + share * (to - from)) << shift;
    }
    return rgb;
  }

  private List<Framed.Overlay> contours(PictureMap map, float thin) {
    List<Framed.Overlay> lines = new ArrayList<>();
    float[] shown = look.shown(map);
    float[] above = smoothed(map.canvas(), shown, 1);
    float[] below = smoothed(map.canvas(), shown, -1);
    double level = LEVEL * Math.max(largest(above), largest(below));
    for (float[] side : List.of(above, below)) {
      int[] inside =
          IntStream.range(0, side.length).filter(i -> level > 0 && side[i] >= level).toArray();
      BlackPixels region = BlackPixels.ofSorted(map.canvas(), inside, inside.length);
      int alpha = (int) Math.round(255 * asked.opacity());
      Color halo = new Color(255, 255, 255, alpha);
      lines.add(new Outline(region, halo, HALO * thin));
      Color line = new Color(look.full(side == above ? 1 : -1) | alpha << 24, true);
      lines.add(new Outline(region, line, LINE * thin));
    }
    return lines;
  }

  /** What is for the class (or against it, below 0), as positive values. */
  private static float[] smoothed(Canvas canvas, float[] shown, int sign) {
    float[] part = new float[shown.length];
    float largest = 0;
    for (int i = 0; i < part.length; i++) {
      largest = Math.max(largest, Math.abs(shown[i]));
    }
    for (int i = 0; i < part.length; i++) {
      part[i] = largest == 0 ? 0 : Math.max(0, sign * shown[i] / largest);
    }
    double sigma = SMOOTHING * Math.min(canvas.width(), canvas.height());
    return GaussianBlur.of(new GrayImage(canvas, part), sigma).grayValues();
  }

  private static float largest(float[] values) {
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, value);
    }
    return largest;
  }

  /** What the colours or lines mean, in words. */
  String legend() {
    boolean signed = look.meaning() != MapMeaning.STRENGTH;
    String red = signed ? "Red: for the target." : "Brown: strong, for the target or against it.";
    return switch (asked.style()) {
      case SIGNED -> red + (signed ? " Blue: against it." : "");
      case POSITIVE -> red + (signed ? " What is against it is not shown." : "");
      case CONTOUR ->
          (signed ? "Red lines: for the target. Blue lines: against it." : "Brown lines: strong.")
              + " They are around half of the map's largest value.";
    };
  }
}
