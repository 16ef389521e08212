package org.whisker.saliency;

import java.util.Arrays;
import java.util.Objects;
import org.whisker.image.Canvas;

/**
 * A map of finite values, one per pixel, that attribute the logit against the target to the pixels.
 * Immutable.
 */
public final class SaliencyMap {
  private final Canvas canvas;
  private final float[] values;
  private final String unit;
  private final String method;
  private final SignConvention sign;

  /**
   * A map of these values.
   *
   * @param values one per pixel, row-major; copied
   * @param unit as shown in a legend
   * @param method name of the method
   */
  public SaliencyMap(
      Canvas canvas, float[] values, String unit, String method, SignConvention sign) {
    if (values.length != canvas.pixels()) {
      throw new IllegalArgumentException(
          "a " + canvas + " map has " + canvas.pixels() + " values, got " + values.length);
    }
    for (int i = 0; i < values.length; i++) {
      boolean valid =
          Float.isFinite(values[i]) && (sign != SignConvention.MAGNITUDE || values[i] >= 0);
      if (!valid) {
        throw new IllegalArgumentException(
            method + " at (" + canvas.x(i) + ", " + canvas.y(i) + ") is " + values[i]);
      }
    }
    this.canvas = canvas;
    this.values = values.clone();
    this.unit = unit;
    this.method = method;
    this.sign = sign;
  }

  public Canvas canvas() {
    return canvas;
  }

  public float at(int x, int y) {
    return values[canvas.index(x, y)];
  }

  public float at(int index) {
    return values[index];
  }

  /** Row-major; a copy. */
  public float[] values() {
    return values.clone();
  }

  public String unit() {
    return unit;
  }

  public String method() {
    return method;
  }

  public SignConvention sign() {
    return sign;
  }

  /**
   * Turns the map so that values above 0 mean towards the target; a map without a sign is returned
   * unchanged.
   */
  public SaliencyMap towardsCat() {
    SignConvention turned = sign.towardsCat();
    if (turned == sign) {
      return this;
    }
    float[] negated = new float[values.length];
    for (int i = 0; i < negated.length; i++) {
      negated[i] = 0 - values[i]; // 0 stays 0, without a sign
    }
    return new SaliencyMap(canvas, negated, unit, method, turned);
  }

  /** Whether the map is 0 everywhere, as for a constant network. */
  public boolean isZero() {
    for (float value : values) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof SaliencyMap other
        && canvas.equals(other.canvas)
        && unit.equals(other.unit)
        && method.equals(other.method)
        && sign == other.sign
        && Arrays.equals(values, other.values);
  }

  @Override
  public int hashCode() {
    return Objects.hash(canvas, unit, method, sign, Arrays.hashCode(values));
  }

  @Override
  public String toString() {
    return method + " " + canvas + " in " + unit;
  }

  /** The meaning of the sign of a saliency map's values. */
  public enum SignConvention {
    /**
     * Derivative: above 0, a lighter pixel raises the logit against the target; below 0, it lowers
     * it.
     */
    WHITE_TOWARDS_NOT_TARGET("above 0: white there is less cat, black there is more cat"),
    /**
     * Derivative of the logit of p(target): above 0, a lighter pixel raises it; below 0, it lowers
     * it.
     */
    WHITE_TOWARDS_TARGET("above 0: white there is more cat, black there is less cat"),
    /**
     * Relative to a replacement: above 0, the pixel's content is evidence for not-cat; below 0, for
     * cat.
     */
    CONTENT_TOWARDS_NOT_TARGET("above 0: what is there is less cat than its replacement"),
    /**
     * Relative to a replacement: above 0, the pixel's content is evidence for cat; below 0, for
     * not-cat.
     */
    CONTENT_TOWARDS_TARGET("above 0: what is there is more cat than its replacement"),
    /** Features of a layer: above 0, they are evidence for not-cat; below 0, for cat. */
    FEATURES_TOWARDS_NOT_TARGET("above 0: the features there speak against cat"),
    /** Features of a layer: above 0, they are evidence for cat; below 0, for not-cat. */
    FEATURES_TOWARDS_TARGET("above 0: the features there speak for cat"),
    /** Unsigned: magnitude only, at least 0. */
    MAGNITUDE("at least 0: how strongly, not which way");

    private final String legend;

    SignConvention(String legend) {
      this.legend = legend;
    }

    /** Whether values above 0 are towards the target; never of magnitudes. */
    public boolean isCatAbove() {
      return this == WHITE_TOWARDS_TARGET
          || this == CONTENT_TOWARDS_TARGET
          || this == FEATURES_TOWARDS_TARGET;
    }

    /** Whether it is that of a derivative by the gray. */
    public boolean isOfWhite() {
      return this == WHITE_TOWARDS_TARGET || this == WHITE_TOWARDS_NOT_TARGET;
    }

    private SignConvention towardsCat() {
      return switch (this) {
        case WHITE_TOWARDS_NOT_TARGET -> WHITE_TOWARDS_TARGET;
        case CONTENT_TOWARDS_NOT_TARGET -> CONTENT_TOWARDS_TARGET;
        case FEATURES_TOWARDS_NOT_TARGET -> FEATURES_TOWARDS_TARGET;
        case WHITE_TOWARDS_TARGET, CONTENT_TOWARDS_TARGET, FEATURES_TOWARDS_TARGET, MAGNITUDE ->
            this;
      };
    }

    public String legend() {
      return legend;
    }
  }
}
