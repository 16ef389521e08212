package org.whisker.report;

import java.io.IOException;
import java.util.OptionalDouble;

/** Numbers of tables as the page's text; what is absent is an empty cell. */
final class PageText {
  private PageText() {}

  static String number(OptionalDouble value, int places) {
    return value.isPresent() ? Decimals.fixed(value.getAsDouble(), places) : "";
  }

  static String p(OptionalDouble p) {
    return p.isEmpty()
        ? ""
        : p.getAsDouble() < 0.001 ? "< 0.001" : Decimals.fixed(p.getAsDouble(), 3);
  }

  static String percent(OptionalDouble share) {
    return share.isEmpty() ? "" : Decimals.fixed(100 * share.getAsDouble(), 0) + " %";
  }

  /** Three digits after the point, and the interval behind where there is one. */
  static String interval(CsvRow row, String value, String low, String high) throws IOException {
    String text = number(row.optionalNumber(value), 3);
    OptionalDouble from = row.optionalNumber(low);
    OptionalDouble to = row.optionalNumber(high);
    return from.isEmpty() || to.isEmpty()
        ? text
        : "%s [%s, %s]".formatted(text, number(from, 3), number(to, 3));
  }

  /** As many digits as a quantity of this size needs. */
  static String quantity(OptionalDouble value) {
    if (value.isEmpty()) {
      return "";
    }
    double v = value.getAsDouble();
    return Math.abs(v) >= 1000 ? Decimals.fixed(v, 0) : Decimals.rounded(v, 3);
  }
}
