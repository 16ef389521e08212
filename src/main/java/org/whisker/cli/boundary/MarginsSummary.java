package org.whisker.cli.boundary;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.whisker.boundary.Margin;
import org.whisker.cli.shared.TextTable;

/** What the command line says of margins. */
final class MarginsSummary {
  private static final List<String> HEADER =
      List.of("IMAGES", "COUNT", "NOT REACHED", "MEDIAN FLIPS", "LINEAR FLIPS", "LINEAR DISTANCE");

  private static final String BOUND =
      "flips: of the picture as it is (a gray pixel becomes black or white), found greedily and"
          + " none taken back, so at most so many are needed"
          + System.lineSeparator();

  private MarginsSummary() {}

  /** A table with a row a group and side; a dash where more than half are not reached. */
  static String text(List<Margin.Summary> summary) {
    List<List<String>> table = new ArrayList<>(List.of(HEADER));
    summary.forEach(row -> table.add(cells(row)));
    return TextTable.of(table) + BOUND;
  }

  private static List<String> cells(Margin.Summary row) {
    return List.of(
        row.images(),
        Integer.toString(row.count()),
        Integer.toString(row.notReached()),
        number(row.medianFlips(), "%.1f"),
        number(row.medianLinearFlips(), "%.1f"),
        number(row.medianLinearDistance(), "%.3f"));
  }

  private static String number(OptionalDouble median, String form) {
    return median.isPresent() ? String.format(Locale.ROOT, form, median.getAsDouble()) : "-";
  }
}
