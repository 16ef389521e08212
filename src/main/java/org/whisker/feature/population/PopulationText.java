package org.whisker.feature.population;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.whisker.command.TextTable;

/** A population as text. */
final class PopulationText {
  private PopulationText() {}

  /** Its networks, then what goes with the outcomes. */
  static String of(PopulationResult result) {
    return result.networks().isEmpty()
        ? ""
        : networks(result.networks()) + "\n" + associations(result.associations());
  }

  private static String networks(List<PopulationRow> networks) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "NETWORK", "ACCURACY", "P(WHITE)", "SLOPE", "CATS", "E OF CATS", "E AT ½", "E", "P"));
    for (PopulationRow row : networks) {
      rows.add(
          List.of(
              row.network(),
              format("%.1f %%", 100 * row.testAccuracy()),
              format("%.2f", row.whiteCatProbability()),
              format("%+.2f", row.profileSlope()),
              format("%d of %d", row.cats(), row.runs()),
              number("%.2f", row.edgeIndexOfCats()),
              number("%.2f", row.edgeIndexAtHalf()),
              number("%.2f", row.edgeIndex()),
              number("%.2f", row.catProbability())));
    }
    return TextTable.of(rows);
  }

  private static String associations(List<AssociationRow> associations) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "ARCHITECTURE",
            "OUTCOME",
            "PREDICTOR",
            "STATISTIC",
            "NETWORKS",
            "VALUE (95 %)",
            "P",
            "CORRECTED",
            "VERDICT"));
    for (AssociationRow row : associations) {
      rows.add(
          List.of(
              row.architecture(),
              row.outcome(),
              row.predictor(),
              row.statistic(),
              format("%d of %d", row.values(), row.networks()),
              value(row),
              number("%.4f", row.p()),
              number("%.4f", row.pCorrected()),
              row.verdict()));
    }
    return TextTable.of(rows);
  }

  private static String value(AssociationRow row) {
    String value = number("%+.2f", row.value());
    return row.ciLow().isEmpty()
        ? value
        : value
            + format(" (%+.2f to %+.2f)", row.ciLow().getAsDouble(), row.ciHigh().orElseThrow());
  }

  private static String number(String pattern, OptionalDouble value) {
    return value.isEmpty() ? "–" : format(pattern, value.getAsDouble());
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
