package org.whisker.cli.boundary;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.whisker.cli.shared.TextTable;
import org.whisker.study.boundary.RobustnessJob;
import org.whisker.table.boundary.RobustnessRow;
import org.whisker.table.boundary.RobustnessSummaryRow;

/** What the command line says of small changes. */
final class RobustnessText {
  private static final List<String> HEADER =
      List.of("IMAGES", "CHANGE", "MEAN P(CAT)", "LOWEST", "STAY ON THEIR SIDE");

  private RobustnessText() {}

  /** A table with a row a group and change. */
  static String of(RobustnessJob.Result result) {
    Map<List<String>, Double> lowest = new HashMap<>();
    for (RobustnessRow row : result.rows()) {
      lowest.merge(List.of(row.group(), row.change()), row.pCat(), Math::min);
    }
    List<List<String>> table = new ArrayList<>(List.of(HEADER));
    for (RobustnessSummaryRow row : result.summary()) {
      double low = lowest.getOrDefault(List.of(row.group(), row.change()), 1.0);
      table.add(
          List.of(
              row.group(),
              row.change(),
              String.format(Locale.ROOT, "%.4f", row.meanPCat()),
              String.format(Locale.ROOT, "%.4f", low),
              String.format(Locale.ROOT, "%.0f %%", 100 * row.sameSide())));
    }
    return TextTable.of(table);
  }
}
