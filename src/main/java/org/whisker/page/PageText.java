package org.whisker.page;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.whisker.io.Decimals;

/** Formats numbers for the page; absent values are empty cells. */
public final class PageText {
  private PageText() {}

  public static String number(OptionalDouble value, int places) {
    return value.isPresent() ? Decimals.fixed(value.getAsDouble(), places) : "";
  }

  public static String count(OptionalInt count) {
    return count.isPresent() ? Integer.toString(count.getAsInt()) : "";
  }

  public static String p(OptionalDouble p) {
    return p.isEmpty() ? "" : Decimals.probability(p.getAsDouble());
  }

  public static String p(double p) {
    return p(OptionalDouble.of(p));
  }

  /** A p-value with its relation sign, for a sentence. */
  public static String compared(double p) {
    return p < 0.001 ? "<\u00a00.001" : "=\u00a0" + Decimals.fixed(p, 3);
  }

  public static String percent(OptionalDouble share) {
    return share.isEmpty() ? "" : Decimals.fixed(100 * share.getAsDouble(), 0) + " %";
  }

  public static String percent(double share) {
    return percent(OptionalDouble.of(share));
  }

  /** Three decimals, followed by the interval if there is one. */
  public static String interval(OptionalDouble value, OptionalDouble low, OptionalDouble high) {
    String text = number(value, 3);
    return low.isEmpty() || high.isEmpty()
        ? text
        : "%s [%s, %s]".formatted(text, number(low, 3), number(high, 3));
  }

  public static String interval(double value, double low, double high) {
    return interval(OptionalDouble.of(value), OptionalDouble.of(low), OptionalDouble.of(high));
  }

  /** A quantity with a number of digits that suits its magnitude. */
  public static String quantity(OptionalDouble value) {
    return value.isPresent() ? number(value, places(value.getAsDouble(), true)) : "";
  }

  public static String quantity(double value) {
    return quantity(OptionalDouble.of(value));
  }

  /** A quantity with its interval, with equal numbers of decimals. */
  public static String quantity(OptionalDouble value, OptionalDouble low, OptionalDouble high) {
    if (value.isEmpty() || low.isEmpty() || high.isEmpty()) {
      return quantity(value);
    }
    boolean whole = isWhole(low.getAsDouble()) && isWhole(high.getAsDouble());
    int places = places(value.getAsDouble(), whole);
    return "%s [%s, %s]"
        .formatted(number(value, places), number(low, places), number(high, places));
  }

  private static boolean isWhole(double value) {
    return value == Math.rint(value);
  }

  /** Decimals of a value, where what stands beside it is whole or not. */
  private static int places(double value, boolean besideWhole) {
    double size = Math.abs(value);
    boolean whole = isWhole(size) && size >= 1 && besideWhole;
    if (whole || size >= 1000) {
      return 0;
    }
    return size >= 10 ? 1 : size >= 1 ? 2 : 3;
  }
}
