package org.whisker.chart.kit.lane;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.whisker.chart.kit.Tick;
import org.whisker.chart.kit.Ticks;

/**
 * An axis of values from left to right, which {@link Lanes} share.
 *
 * @param label what the values are, with their unit
 * @param min the value at the left end
 * @param max the value at the right end, above {@code min}
 * @param logarithmic whether equal distances are equal ratios; {@code min} is then above 0
 * @param reference position of a dashed line, such as the value of no effect
 * @param margin equivalence margin: values within this distance of the reference are shaded
 * @param beyond label of a field at the right of the axis for entries without a value; empty for no
 *     field
 */
public record ValueAxis(
    String label,
    double min,
    double max,
    boolean logarithmic,
    OptionalDouble reference,
    double margin,
    String beyond) {
  private static final int TICKS = 5;
  private static final int[] LEADS = {1, 2, 5};

  public ValueAxis {
    if (!(min < max) || Double.isInfinite(max - min) || (logarithmic && !(min > 0))) {
      throw new IllegalArgumentException("no axis from " + min + " to " + max);
    }
  }

  public static ValueAxis linear(String label, double min, double max) {
    return new ValueAxis(label, min, max, false, OptionalDouble.empty(), 0, "");
  }

  public static ValueAxis logarithmic(String label, double min, double max) {
    return new ValueAxis(label, min, max, true, OptionalDouble.empty(), 0, "");
  }

  /** This axis with a dashed reference line, and a shaded band around it. */
  public ValueAxis withReference(double value, double margin) {
    return new ValueAxis(label, min, max, logarithmic, OptionalDouble.of(value), margin, beyond);
  }

  /** This axis with a field for entries without a value. */
  public ValueAxis withBeyond(String name) {
    return new ValueAxis(label, min, max, logarithmic, reference, margin, name);
  }

  /** The position of {@code value}: 0 at the left end, 1 at the right end; clamped beyond them. */
  double position(double value) {
    double within = Math.max(min, Math.min(max, value));
    return logarithmic
        ? Math.log(within / min) / Math.log(max / min)
        : (within - min) / (max - min);
  }

  /** Ticks at round numbers; {@link Tick#at} is the value. */
  List<Tick> ticks() {
    if (!logarithmic) {
      return Ticks.of(min, max, TICKS);
    }
    List<Tick> ticks = new ArrayList<>();
    for (double decade = Math.pow(10, Math.floor(Math.log10(min))); decade <= max; decade *= 10) {
      for (int lead : LEADS) {
        double value = lead * decade;
        if (value >= min && value <= max) {
          ticks.add(Ticks.at(value));
        }
      }
    }
    return ticks;
  }
}
