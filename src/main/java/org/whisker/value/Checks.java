package org.whisker.value;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Checks of arguments, with messages that hold the value. The parts of a message are computed
 * whether or not the check fails, so each must be cheap and can't depend on what is checked.
 */
public final class Checks {
  private Checks() {}

  /**
   * Says what must hold.
   *
   * @param form the message, as of {@link Text#of}
   * @throws IllegalArgumentException when it does not hold
   */
  @FormatMethod
  public static void require(boolean holds, @FormatString String form, @Nullable Object... values) {
    if (!holds) {
      throw new IllegalArgumentException(Text.of(form, values));
    }
  }

  /**
   * Says what can't be.
   *
   * @param form the message, as of {@link Text#of}
   * @throws IllegalArgumentException when it is
   */
  @FormatMethod
  public static void refuse(boolean wrong, @FormatString String form, @Nullable Object... values) {
    if (wrong) {
      throw new IllegalArgumentException(Text.of(form, values));
    }
  }

  /**
   * Rejects what is not from 0 to 1.
   *
   * @param name the name of the option
   */
  public static void probability(String name, double value) {
    require(value >= 0 && value <= 1, "%s must be 0 to 1, was %s", name, value);
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
