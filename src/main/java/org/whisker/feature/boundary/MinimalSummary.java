package org.whisker.feature.boundary;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.whisker.boundary.MinimalSearch;
import org.whisker.command.TextTable;

/** What the command line says of minimal sets. */
final class MinimalSummary {
  private static final List<String> HEADER =
      List.of(
          "START", "TARGET", "PIXELS", "P(CAT)", "E", "SCORED", "1-MINIMAL", "LARGEST WITHOUT ONE");

  private MinimalSummary() {}

  /** A table with a row a search, and the smallest set of each target. */
  static String text(List<MinimalSearch.Outcome.OfStart> rows) {
    List<List<String>> table = new ArrayList<>(List.of(HEADER));
    rows.forEach(row -> table.add(row(row)));
    StringBuilder text = new StringBuilder(TextTable.of(table));
    MinimalSearch.Outcome.OfStart.smallestFirst(rows)
        .forEach(
            (target, sets) ->
                text.append(
                    sets.isEmpty()
                        ? format(
                            "p(cat) %s: no search reached it; try more --max-flips, or a start from evolve\n",
                            target)
                        : smallest(target, sets.get(0))));
    return text.toString();
  }

  private static String smallest(double target, MinimalSearch.Outcome.OfStart row) {
    return format(
        "p(cat) %s: %d pixels at most are needed, from %s (%s.png)\n",
        target, row.pixels().orElseThrow(), row.start(), row.set());
  }

  private static List<String> row(MinimalSearch.Outcome.OfStart row) {
    List<String> cells = new ArrayList<>(List.of(row.start(), Double.toString(row.target())));
    cells.addAll(
        List.of(
            row.reached() ? Integer.toString(row.pixels().orElseThrow()) : "-",
            number(row.pCat(), "%.4f"),
            number(row.edgeIndex(), "%.3f"),
            Long.toString(row.evaluations()),
            row.reached() ? row.oneMinimal().label() : "-",
            number(row.largestPCatWithoutOne(), "%.4f")));
    return cells;
  }

  private static String number(OptionalDouble value, String form) {
    return value.isPresent() ? format(form, value.getAsDouble()) : "-";
  }

  private static String format(String form, Object... values) {
    return String.format(Locale.ROOT, form, values);
  }
}
