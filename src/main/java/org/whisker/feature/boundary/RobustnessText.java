package org.whisker.feature.boundary;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.whisker.boundary.Robustness;
import org.whisker.command.TextTable;

/** What the command line says of small changes. */
final class RobustnessText {
  private static final List<String> HEADER =
      List.of("IMAGES", "CHANGE", "MEAN P(CAT)", "LOWEST", "STAY ON THEIR SIDE");

  private RobustnessText() {}

  /** A table with a row a group and change. */
  static String of(RobustnessJob.Result result) {
    List<List<String>> table = new ArrayList<>(List.of(HEADER));
    for (Robustness.Group group : Robustness.Group.of(result.summary(), result.rows())) {
      for (int change = 0; change < group.changes().size(); change++) {
        table.add(row(group.changes().get(change), group.catProbabilities(change)));
      }
    }
    return TextTable.of(table);
  }

  private static List<String> row(Robustness.Summary row, List<List<Double>> images) {
    double lowest = images.stream().flatMap(List::stream).mapToDouble(p -> p).min().orElseThrow();
    return List.of(
        row.group(),
        row.change(),
        String.format(Locale.ROOT, "%.4f", row.meanPCat()),
        String.format(Locale.ROOT, "%.4f", lowest),
        String.format(Locale.ROOT, "%.0f %%", 100 * row.sameSide()));
  }
}
