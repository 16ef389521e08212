package org.whisker.cli.boundary;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.whisker.boundary.Margin;
import org.whisker.cli.shared.TextTable;
import org.whisker.table.MarginFiles;

/** What the command line says of margins. */
final class MarginsSummary {
  private static final List<String> HEADER =
      List.of("IMAGES", "COUNT", "NOT REACHED", "MEDIAN FLIPS", "LINEAR FLIPS", "LINEAR DISTANCE");

  private MarginsSummary() {}

  /** A table with a row a group and side; a dash where more than half are not reached. */
  static String text(List<MarginFiles.Row> rows) {
    List<List<String>> table = new ArrayList<>(List.of(HEADER));
    MarginFiles.bySide(rows).forEach((side, margins) -> table.add(row(side, margins)));
    return TextTable.of(table);
  }

  private static List<String> row(String side, List<Margin> margins) {
    long lost = margins.stream().filter(margin -> margin.flips().isEmpty()).count();
    return List.of(
        side,
        Integer.toString(margins.size()),
        Long.toString(lost),
        median(margins, margin -> MarginFiles.number(margin.flips()), "%.1f"),
        median(margins, margin -> MarginFiles.number(margin.linearFlips()), "%.1f"),
        median(margins, Margin::linearDistance, "%.3f"));
  }

  private static String median(List<Margin> margins, ToDoubleFunction<Margin> value, String form) {
    OptionalDouble median = MarginFiles.median(margins, value);
    return median.isPresent() ? String.format(Locale.ROOT, form, median.getAsDouble()) : "-";
  }
}
