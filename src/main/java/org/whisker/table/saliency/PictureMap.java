package org.whisker.table.saliency;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.whisker.image.Canvas;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.SignConvention;

/** One value a pixel of a picture, and what it says. Immutable. */
public final class PictureMap {
  private final Canvas canvas;
  private final float[] values;
  private final String unit;
  private final MapMeaning meaning;
  private final boolean catAbove;

  /**
   * A map of these values.
   *
   * @param values row-major, one a pixel, copied
   * @param unit as a legend says it
   * @param catAbove whether above 0 speaks for cat, and not below 0; without meaning for strengths
   */
  public PictureMap(
      Canvas canvas, float[] values, String unit, MapMeaning meaning, boolean catAbove) {
    if (values.length != canvas.pixels()) {
      throw new IllegalArgumentException(
          "a " + canvas + " map has " + canvas.pixels() + " values, got " + values.length);
    }
    this.canvas = canvas;
    this.values = values.clone();
    this.unit = unit;
    this.meaning = meaning;
    this.catAbove = catAbove;
  }

  /** A saliency map. */
  public static PictureMap of(SaliencyMap map) {
    SignConvention sign = map.sign();
    return new PictureMap(
        map.canvas(),
        map.values(),
        map.unit(),
        MapMeaning.of(sign),
        sign == SignConvention.CONTENT_TOWARDS_CAT || sign == SignConvention.FEATURES_TOWARDS_CAT);
  }

  /** The size of the picture. */
  public Canvas canvas() {
    return canvas;
  }

  /** Row-major; a copy. */
  public float[] values() {
    return values.clone();
  }

  /** The unit of the values, as a legend says it. */
  public String unit() {
    return unit;
  }

  /** What the values are about. */
  public MapMeaning meaning() {
    return meaning;
  }

  /** Whether above 0 speaks for cat, and not below 0. */
  public boolean isCatAbove() {
    return catAbove;
  }

  /** Whether the pixels that are not 0 differ in |value|, so that they have an order. */
  public boolean hasStrengthOrder() {
    return some().map(Math::abs).distinct().limit(2).count() == 2;
  }

  /** Whether it has signs, and the pixels that are not 0 differ in value. */
  public boolean hasOrder() {
    return meaning != MapMeaning.STRENGTH && some().distinct().limit(2).count() == 2;
  }

  private DoubleStream some() {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).filter(v -> v != 0);
  }
}
