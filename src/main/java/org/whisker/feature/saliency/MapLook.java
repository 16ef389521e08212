package org.whisker.feature.saliency;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.whisker.chart.kit.ColorMap;
import org.whisker.chart.kit.HeatmapFigure;
import org.whisker.chart.kit.Scale;
import org.whisker.image.Canvas;
import org.whisker.io.Decimals;
import org.whisker.saliency.result.SaliencyFolder.PictureMap;
import org.whisker.saliency.result.SaliencyFolder.PictureMap.MapMeaning;
import org.whisker.table.MapFiles;

/**
 * The colouring of the maps of one method, on a common scale, on which values above 0 are for the
 * target whatever the method's own sign: red is for it and blue against it; maps without signs are
 * white to brown.
 *
 * @param turned whether the method's own values below 0 are for the target, so that its signs are
 *     inverted
 * @param largest the largest |value|; colours saturate at the ends of the scale
 * @param drawn width, in pixels, at which a nonzero pixel of a sparse map is drawn; 1 when no map
 *     is sparse
 */
record MapLook(
    Scale scale, ColorMap colors, boolean turned, double largest, MapMeaning meaning, int drawn) {
  /**
   * Quantile at which the scale saturates, since a few extreme pixels would leave the rest of a
   * gradient map pale.
   */
  private static final double SHOWN = 0.995;

  private static final String TURNED = " The tables have the signs the other way round.";

  /** Least ratio of the largest strength to the quantile; below it, the scale covers all values. */
  private static final double WORTHWHILE = 1.25;

  /** The share of nonzero pixels below which these are drawn enlarged. */
  private static final double SPARSE = 0.02;

  /** The colouring for these maps, which have the same unit and sign. */
  static MapLook of(List<PictureMap> maps) {
    PictureMap first = maps.get(0);
    double[] strengths = strengths(maps);
    double largest = strengths.length == 0 ? 0 : strengths[strengths.length - 1];
    double bound = bound(strengths, largest);
    boolean magnitude = first.meaning() == MapMeaning.STRENGTH;
    return new MapLook(
        scale(magnitude, largest, bound, first.unit()),
        magnitude ? ColorMap.MAGNITUDE : ColorMap.P_TARGET,
        !magnitude && !first.isCatAbove(),
        largest,
        first.meaning(),
        maps.stream().anyMatch(MapLook::isSparse) ? 2 * reach(first.canvas()) + 1 : 1);
  }

  private static Scale scale(boolean magnitude, double largest, double bound, String unit) {
    if (largest == 0) {
      return Scale.single(0, unit);
    }
    return magnitude ? new Scale(0, bound, unit) : Scale.symmetric(bound, unit);
  }

  private static double bound(double[] strengths, double largest) {
    if (largest == 0) {
      return 1;
    }
    double most = strengths[(int) Math.ceil(SHOWN * strengths.length) - 1];
    return largest > WORTHWHILE * most ? most : largest;
  }

  /** The nonzero magnitudes, in ascending order. */
  private static double[] strengths(List<PictureMap> maps) {
    return maps.stream()
        .flatMapToDouble(map -> Arrays.stream(MapFiles.doubles(map.values())))
        .map(Math::abs)
        .filter(value -> value > 0)
        .sorted()
        .toArray();
  }

  /**
   * The values with the sign used for the colours. In a map with few nonzero pixels, each of these
   * is enlarged, stronger ones over weaker ones, since single pixels would not be visible.
   */
  float[] shown(PictureMap map) {
    float[] values = turned ? MapFiles.negated(map.values()) : map.values();
    return isSparse(map) ? widened(map.canvas(), values) : values;
  }

  static boolean isSparse(PictureMap map) {
    int some = 0;
    for (float value : map.values()) {
      some += value == 0 ? 0 : 1;
    }
    return some > 0 && some <= SPARSE * map.canvas().pixels() && reach(map.canvas()) > 0;
  }

  /** How far, in pixels, a pixel of a sparse map extends to either side. */
  private static int reach(Canvas canvas) {
    return Math.min(canvas.width(), canvas.height()) / 56;
  }

  private static float[] widened(Canvas canvas, float[] values) {
    float[] wide = new float[values.length];
    int reach = reach(canvas);
    for (int i = 0; i < values.length; i++) {
      int right = Math.min(canvas.width() - 1, canvas.x(i) + reach);
      int bottom = Math.min(canvas.height() - 1, canvas.y(i) + reach);
      for (int y = Math.max(0, canvas.y(i) - reach); y <= bottom; y++) {
        for (int x = Math.max(0, canvas.x(i) - reach); x <= right; x++) {
          int at = canvas.index(x, y);
          wide[at] = Math.abs(values[i]) > Math.abs(wide[at]) ? values[i] : wide[at];
        }
      }
    }
    return wide;
  }

  HeatmapFigure figure(String title, PictureMap map) {
    return HeatmapFigure.of(title, map.canvas(), shown(map), scale, colors);
  }

  int rgb(float shown) {
    return colors.rgb(scale.position(shown));
  }

  /** How strongly a value is coloured, from 0 to 1. */
  double strength(float shown) {
    return largest == 0 ? 0 : Math.min(1, Math.abs(shown) / scale.max());
  }

  /** The colour of a value's sign, the stronger the darker and never pale. */
  int full(float shown) {
    double s = 0.6 + 0.4 * strength(shown);
    boolean signed = meaning != MapMeaning.STRENGTH;
    return colors.rgb(!signed ? s : shown < 0 ? 0.5 - s / 2 : 0.5 + s / 2);
  }

  /** The values at the ends of the colours, as text. */
  String ends() {
    return (meaning == MapMeaning.STRENGTH ? "0 to " : "±") + Decimals.rounded(scale.max(), 3);
  }

  /** The meaning of the colours, one line per entry. */
  List<String> legend() {
    List<String> lines = new ArrayList<>();
    lines.add(
        switch (meaning) {
          case LIGHTER ->
              "Red: for the target, a lighter pixel there is more of it. Blue: against it, a lighter pixel"
                  + " there is less of it, a darker one more."
                  + (turned ? TURNED : "");
          case CONTENT ->
              "Red: for the target, by what is there. Blue: against it." + (turned ? TURNED : "");
          case FEATURES ->
              "Red: for the target, by the features there. Blue: against it."
                  + (turned ? TURNED : "");
          case STRENGTH -> "Brown: strong, for the target or against it; the method has no sign.";
        });
    if (largest == 0) {
      lines.add("Zero everywhere: nothing stands out.");
    } else if (largest > scale.max()) {
      lines.add(
          "Colours end at "
              + Decimals.rounded(scale.max(), 3)
              + "; the strongest pixel has "
              + Decimals.rounded(largest, 3)
              + ".");
    }
    if (drawn > 1) {
      lines.add("Where few pixels have a value, each is drawn " + drawn + " pixels wide.");
    }
    return lines;
  }
}
