package org.whisker.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.whisker.image.Canvas;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.SignConvention;

/**
 * How maps of one method are coloured, all on one scale: blue speaks for cat and red against it; a
 * map without signs goes from dark to light.
 *
 * @param turned whether above 0 speaks for cat, so that signs are turned for the colours
 * @param largest the greatest |value|; beyond the scale's ends colours stay the same
 */
record MapLook(Scale scale, ColorMap colors, boolean turned, double largest, SignConvention sign) {
  /** A few extreme pixels would leave the rest of a gradient map pale. */
  private static final double SHOWN = 0.995;

  /** Below this, the scale holds all. */
  private static final double WORTHWHILE = 1.25;

  /** For these maps, of one unit and sign. */
  static MapLook of(List<SaliencyMap> maps) {
    SaliencyMap first = maps.get(0);
    double[] strengths = strengths(maps);
    double largest = strengths.length == 0 ? 0 : strengths[strengths.length - 1];
    double bound = largest == 0 ? 1 : strengths[(int) Math.ceil(SHOWN * strengths.length) - 1];
    boolean magnitude = first.sign() == SignConvention.MAGNITUDE;
    return new MapLook(
        magnitude ? new Scale(0, bound, first.unit()) : Scale.symmetric(bound, first.unit()),
        magnitude ? ColorMap.SEQUENTIAL : ColorMap.DIVERGING,
        first.sign() == SignConvention.CONTENT_TOWARDS_CAT
            || first.sign() == SignConvention.FEATURES_TOWARDS_CAT,
        largest,
        first.sign());
  }

  private static double bound(double[] strengths, double largest) {
    if (largest == 0) {
      return 1;
    }
    double most = strengths[(int) Math.ceil(SHOWN * strengths.length) - 1];
    return largest > WORTHWHILE * most ? most : largest;
  }

  /** Those that are not 0, in ascending order. */
  private static double[] strengths(List<SaliencyMap> maps) {
    return maps.stream()
        .flatMapToDouble(map -> Arrays.stream(MapFiles.doubles(map.values())))
        .map(Math::abs)
        .filter(value -> value > 0)
        .sorted()
        .toArray();
  }

  /** The values with the sign that the colours have. */
  float[] shown(SaliencyMap map) {
    return turned ? MapFiles.negated(map.values()) : map.values();
  }

  HeatmapFigure figure(String title, SaliencyMap map) {
    return HeatmapFigure.of(title, map.canvas(), shown(map), scale, colors);
  }

  int rgb(float shown) {
    return colors.rgb(scale.position(shown));
  }

  ColorBar bar(Canvas canvas, int zoom) {
    return new ColorBar(scale, colors, canvas.height() * zoom);
  }

  /** What the colours mean, a line each. */
  List<String> legend() {
    List<String> lines = new ArrayList<>();
    lines.add(
        switch (sign) {
          case WHITE_TOWARDS_NOT_CAT ->
              "Blue: lighter there is more cat; red: lighter there is less cat, darker more.";
          case CONTENT_TOWARDS_NOT_CAT, CONTENT_TOWARDS_CAT ->
              "Blue: what is there speaks for cat; red: against it."
                  + (turned ? " The tables have the signs the other way round." : "");
          case FEATURES_TOWARDS_NOT_CAT, FEATURES_TOWARDS_CAT ->
              "Blue: the features there speak for cat; red: against it."
                  + (turned ? " The tables have the signs the other way round." : "");
          case MAGNITUDE -> "How strongly, not which way.";
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
    return lines;
  }
}
