package org.whisker.value;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
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
}
