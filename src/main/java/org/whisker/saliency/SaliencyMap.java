package org.whisker.saliency;

import java.util.Arrays;
import java.util.Objects;
import org.whisker.image.Canvas;

/** One finite value a pixel that says how much the not-cat logit depends on it. Immutable. */
public final class SaliencyMap {
  private final Canvas canvas;
  private final float[] values;
  private final String unit;
  private final String method;
  private final SignConvention sign;

  /**
   * A map of these values.
   *
   * @param values row-major, copied
   * @param unit as a legend says it
   * @param method that made it, as users type it
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
    this.unit = Objects.requireNonNull(unit, "unit");
    this.method = Objects.requireNonNull(method, "method");
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

  /** Whether it is 0 everywhere, as of a constant network: nothing then stands out. */
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
}
