package org.whisker.evolution.operator;

import java.util.Arrays;
import java.util.function.Function;
import org.whisker.image.Canvas;

/** Checks of the values of options, whose messages name the option. */
public final class Checks {
  private Checks() {}

  /**
   * Rejects what is not from 0 to 1.
   *
   * @param name the name of the option
   */
  public static void probability(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(name + " must be 0 to 1, was " + value);
    }
  }

  /**
   * Rejects images and regions of another size than the evolved images.
   *
   * @param what is checked
   */
  public static void sameCanvas(String what, Canvas its, Canvas wanted) {
    if (!its.equals(wanted)) {
      throw new IllegalArgumentException(what + " is on a " + its + " canvas, not " + wanted);
    }
  }

  /** The value with this label; the error message lists all. */
  public static <T> T labelled(String what, T[] values, Function<T, String> label, String text) {
    return Arrays.stream(values)
        .filter(value -> label.apply(value).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    what + " must be " + either(values, label) + ", was " + text));
  }

  private static <T> String either(T[] values, Function<T, String> label) {
    String all = String.join(", ", Arrays.stream(values).map(label).toList());
    int last = all.lastIndexOf(", ");
    return last < 0 ? all : all.substring(0, last) + " or " + all.substring(last + 2);
  }
}
