package org.whisker.chart.saliency;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.whisker.chart.kit.ColorBar;
import org.whisker.chart.kit.ColorMap;
import org.whisker.chart.kit.HeatmapFigure;
import org.whisker.chart.kit.Scale;
import org.whisker.image.Canvas;
import org.whisker.io.Decimals;
import org.whisker.table.MapFiles;
import org.whisker.table.saliency.MapMeaning;
import org.whisker.table.saliency.PictureMap;

/**
 * How maps of one method are coloured, all on one scale: blue speaks for cat and red against it; a
 * map without signs goes from dark to light.
 *
 * @param turned whether above 0 speaks for cat, so that signs are turned for the colours
 * @param largest the greatest |value|; beyond the scale's ends colours stay the same
 * @param drawn how many pixels wide one is drawn in sparse maps; 1 when there is none
 */
public record MapLook(
    Scale scale, ColorMap colors, boolean turned, double largest, MapMeaning meaning, int drawn) {
  /** A few extreme pixels would leave the rest of a gradient map pale. */
  private static final double SHOWN = 0.995;

  /** Below this, the scale holds all. */
  private static final double WORTHWHILE = 1.25;

  /** The share of pixels that are not 0 below which they are drawn wider. */
  private static final double SPARSE = 0.02;

  /** For these maps, of one unit and sign. */
  public static MapLook of(List<PictureMap> maps) {
    PictureMap first = maps.get(0);
    double[] strengths = strengths(maps);
    double largest = strengths.length == 0 ? 0 : strengths[strengths.length - 1];
    double bound = bound(strengths, largest);
    boolean magnitude = first.meaning() == MapMeaning.STRENGTH;
    return new MapLook(
        magnitude ? new Scale(0, bound, first.unit()) : Scale.symmetric(bound, first.unit()),
        magnitude ? ColorMap.SEQUENTIAL : ColorMap.DIVERGING,
        first.isCatAbove(),
        largest,
        first.meaning(),
        maps.stream().anyMatch(MapLook::isSparse) ? 2 * reach(first.canvas()) + 1 : 1);
  }

  private static double bound(double[] strengths, double largest) {
    if (largest == 0) {
      return 1;
    }
    double most = strengths[(int) Math.ceil(SHOWN * strengths.length) - 1];
    return largest > WORTHWHILE * most ? most : largest;
  }

  /** Those that are not 0, in ascending order. */
  private static double[] strengths(List<PictureMap> maps) {
    return maps.stream()
        .flatMapToDouble(map -> Arrays.stream(MapFiles.doubles(map.values())))
        .map(Math::abs)
        .filter(value -> value > 0)
        .sorted()
        .toArray();
  }

  /**
   * The values with the sign that the colours have. Of a map with few pixels that are not 0, each
   * of these is drawn wider, the stronger over the weaker: single ones can't be told.
   */
  float[] shown(PictureMap map) {
    float[] values = turned ? MapFiles.negated(map.values()) : map.values();
    return isSparse(map) ? widened(map.canvas(), values) : values;
  }

  public static boolean isSparse(PictureMap map) {
    int some = 0;
    for (float value : map.values()) {
      some += value == 0 ? 0 : 1;
    }
    return some > 0 && some <= SPARSE * map.canvas().pixels() && reach(map.canvas()) > 0;
  }

  /** How far a pixel of a sparse map is drawn to either side. */
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

  public HeatmapFigure figure(String title, PictureMap map) {
    return HeatmapFigure.of(title, map.canvas(), shown(map), scale, colors);
  }

  int rgb(float shown) {
    return colors.rgb(scale.position(shown));
  }

  ColorBar bar(Canvas canvas, int zoom) {
    return new ColorBar(scale, colors, canvas.height() * zoom);
  }

  /** What the colours mean, a line each. */
  public List<String> legend() {
    List<String> lines = new ArrayList<>();
    lines.add(
        switch (meaning) {
          case LIGHTER ->
              "Blue: lighter there is more cat; red: lighter there is less cat, darker more.";
          case CONTENT ->
              "Blue: what is there speaks for cat; red: against it."
                  + (turned ? " The tables have the signs the other way round." : "");
          case FEATURES ->
              "Blue: the features there speak for cat; red: against it."
                  + (turned ? " The tables have the signs the other way round." : "");
          case STRENGTH -> "How strongly, not which way.";
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
