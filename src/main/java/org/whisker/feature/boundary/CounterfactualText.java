package org.whisker.feature.boundary;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.whisker.boundary.Counterfactual;
import org.whisker.command.TextTable;

/** What the command line says of counterfactuals. */
final class CounterfactualText {
  private static final int MOST_ROWS = 30;
  private static final List<String> IMAGES = List.of("IMAGE", "P(CAT)", "FLIPS", "");
  private static final List<String> GROUPS =
      List.of(
          "IMAGES", "COUNT", "CATS", "TURNED", "MEDIAN FLIPS", "E OF FLIPS", "SHIFTED", "P", "INK");

  private static final String BOUND =
      "flips: of the binarised picture, needless ones undone, so no single one can be left out;"
          + " fewer others may do"
          + System.lineSeparator();

  private CounterfactualText() {}

  /** A table of the images, where they are few, and one of the groups. */
  static String of(List<Counterfactual.OfImage> rows, List<Counterfactual.Summary> groups) {
    StringBuilder text = new StringBuilder();
    if (rows.size() <= MOST_ROWS) {
      List<List<String>> images = new ArrayList<>(List.of(IMAGES));
      rows.forEach(row -> images.add(image(row)));
      text.append(TextTable.of(images)).append('\n');
    }
    List<List<String>> table = new ArrayList<>(List.of(GROUPS));
    groups.forEach(group -> table.add(group(group)));
    return text.append(TextTable.of(table)).append(BOUND).toString();
  }

  private static List<String> image(Counterfactual.OfImage row) {
    return List.of(
        row.image(),
        format("%.4f", row.pCat()),
        row.flips().isPresent() ? Integer.toString(row.flips().getAsInt()) : "-",
        row.isCrossed() ? "" : row.status().label());
  }

  private static List<String> group(Counterfactual.Summary group) {
    Counterfactual.Summary.Position flips = group.position();
    return List.of(
        group.images(),
        Integer.toString(group.count()),
        Integer.toString(group.cats()),
        Integer.toString(group.crossed()),
        number("%.1f", group.medianFlips()),
        flips == null ? "-" : format("%.3f", flips.edgeIndexFlips()),
        flips == null ? "-" : format("%.3f ± %.3f", flips.nullMean(), flips.nullSd()),
        flips == null ? "-" : format("%.4f", flips.p()),
        number("%.3f", group.edgeIndexInk()));
  }

  private static String number(String form, OptionalDouble value) {
    return value.isPresent() ? format(form, value.getAsDouble()) : "-";
  }

  private static String format(String form, Object... values) {
    return String.format(Locale.ROOT, form, values);
  }
}
