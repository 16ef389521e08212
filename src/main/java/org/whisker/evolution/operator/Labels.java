package org.whisker.evolution.operator;

import java.util.Arrays;
import java.util.function.Function;

/** Parses names given in options. */
public final class Labels {
  private Labels() {}

  /** The value with this label; the error message lists all. */
  public static <T> T parse(String what, T[] values, Function<T, String> label, String text) {
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
