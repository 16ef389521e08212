package org.whisker.saliency.result;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.whisker.image.Canvas;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.SaliencyMap.SignConvention;

/** One value per pixel of an image, with unit and meaning. Immutable. */
public final class PictureMap {
  private final Canvas canvas;
  private final float[] values;
  private final String unit;
  private final MapMeaning meaning;
  private final boolean catAbove;

  /**
   * A map of the given values.
   *
   * @param values row-major, one per pixel; copied
   * @param unit as shown in a legend
   * @param catAbove whether values above 0, rather than below 0, are towards cat; without meaning
   *     for magnitudes
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
        map.canvas(), map.values(), map.unit(), MapMeaning.of(sign), sign.isCatAbove());
  }

  /** The size of the image. */
  public Canvas canvas() {
    return canvas;
  }

  /** The values in row-major order; a copy. */
  public float[] values() {
    return values.clone();
  }

  /** The unit of the values, as shown in a legend. */
  public String unit() {
    return unit;
  }

  /** The quantity that the values refer to. */
  public MapMeaning meaning() {
    return meaning;
  }

  /** Whether values above 0, rather than below 0, are towards cat. */
  public boolean isCatAbove() {
    return catAbove;
  }

  /** Whether the nonzero pixels differ in |value|, so that they can be ranked. */
  public boolean hasStrengthOrder() {
    return some().map(Math::abs).distinct().limit(2).count() == 2;
  }

  /** Whether the map is signed, and its nonzero pixels differ in value. */
  public boolean hasOrder() {
    return meaning != MapMeaning.STRENGTH && some().distinct().limit(2).count() == 2;
  }

  private DoubleStream some() {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).filter(v -> v != 0);
  }

  /**
   * The quantity that the values of a map refer to, which determines the wording of its colour
   * legend.
   */
  public enum MapMeaning {
    /** The effect of making a pixel lighter. */
    LIGHTER,
    /** The effect of the content of a pixel, compared with its replacement. */
    CONTENT,
    /** The effect of the features at a pixel. */
    FEATURES,
    /** The magnitude of the effect without its sign: 0 or more. */
    STRENGTH;

    static MapMeaning of(SignConvention sign) {
      return switch (sign) {
        case WHITE_TOWARDS_NOT_CAT, WHITE_TOWARDS_CAT -> LIGHTER;
        case CONTENT_TOWARDS_NOT_CAT, CONTENT_TOWARDS_CAT -> CONTENT;
        case FEATURES_TOWARDS_NOT_CAT, FEATURES_TOWARDS_CAT -> FEATURES;
        case MAGNITUDE -> STRENGTH;
      };
    }
  }
}
