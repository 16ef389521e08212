package org.whisker.feature.boundary;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.whisker.boundary.attack.SuccessCurve;
import org.whisker.command.TextTable;

/** What the command line says of small changes that turn images. */
final class AttackText {
  private static final List<String> HEADER =
      List.of("IMAGES", "SEARCH", "COUNTS", "COUNT", "TURNED", "95 % INTERVAL", "HALF WITHIN");

  private static final String BOUND =
      "each search gives an upper bound: a smaller change may exist; a dash: fewer than half turned"
          + System.lineSeparator();

  private AttackText() {}

  /** A table with a row a set and search. */
  static String of(List<SuccessCurve.Step> rows) {
    Map<List<String>, List<SuccessCurve.Step>> curves = new LinkedHashMap<>();
    for (SuccessCurve.Step row : rows) {
      curves
          .computeIfAbsent(List.of(row.images(), row.search()), key -> new ArrayList<>())
          .add(row);
    }
    List<List<String>> table = new ArrayList<>(List.of(HEADER));
    curves.values().forEach(curve -> table.add(cells(curve)));
    return TextTable.of(table) + BOUND;
  }

  private static List<String> cells(List<SuccessCurve.Step> curve) {
    SuccessCurve.Step all = curve.get(curve.size() - 1);
    return List.of(
        all.images(),
        all.search(),
        all.normLabel(),
        Integer.toString(all.count()),
        Integer.toString(all.successes()),
        String.format(Locale.ROOT, "%.0f to %.0f %%", 100 * all.low(), 100 * all.high()),
        curve.stream()
            .filter(row -> 2 * row.successes() >= row.count())
            .findFirst()
            .map(AttackText::budget)
            .orElse("-"));
  }

  private static String budget(SuccessCurve.Step row) {
    return row.countsPixels()
        ? String.format(Locale.ROOT, "%.0f px", row.budget())
        : String.format(Locale.ROOT, "%.4f gray", row.budget());
  }
}
