package org.whisker.value;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Text with values in it. */
public final class Text {
  private Text() {}

  /**
   * As {@link String#format(String, Object...)}, but in no language: a number is the same text on
   * every machine.
   */
  @FormatMethod
  public static String of(@FormatString String form, @Nullable Object... values) {
    return String.format(Locale.ROOT, form, values);
  }

  /** The value in this form, as {@code %.2f}, or other text where there is none. */
  public static String number(String form, OptionalDouble value, String absent) {
    return value.isPresent() ? String.format(Locale.ROOT, form, value.getAsDouble()) : absent;
  }
}
