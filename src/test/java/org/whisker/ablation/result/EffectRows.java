package org.whisker.ablation.result;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Rows of effects, of twelve runs and without a prediction: the difference of two means with its
 * interval. What a test does not set is absent.
 */
public final class EffectRows {
  private static final double HALF_WIDTH = 0.01;
  private static final OptionalDouble NONE = OptionalDouble.empty();

  private EffectRows() {}

  public static EffectRow of(
      String comparison,
      String against,
      String measure,
      boolean decisive,
      double control,
      double treated) {
    return new EffectRow(
        comparison,
        against,
        measure,
        decisive,
        "nothing",
        OptionalDouble.of(control),
        OptionalDouble.of(treated),
        OptionalDouble.of(treated - control),
        OptionalDouble.of(treated - control - HALF_WIDTH),
        OptionalDouble.of(treated - control + HALF_WIDTH),
        NONE,
        NONE,
        NONE,
        NONE,
        NONE,
        "",
        OptionalLong.empty(),
        12,
        0,
        NONE,
        NONE,
        NONE,
        "");
  }
}
