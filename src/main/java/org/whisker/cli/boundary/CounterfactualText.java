package org.whisker.cli.boundary;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.whisker.chart.CounterfactualSummary;
import org.whisker.cli.shared.TextTable;
import org.whisker.stats.ToroidalShift;
import org.whisker.table.CounterfactualRow;

/** What the command line says of counterfactuals. */
final class CounterfactualText {
  private static final int MOST_ROWS = 30;
  private static final List<String> IMAGES = List.of("IMAGE", "P(CAT)", "FLIPS", "");
  private static final List<String> GROUPS =
      List.of(
          "IMAGES", "COUNT", "CATS", "TURNED", "MEDIAN FLIPS", "E OF FLIPS", "SHIFTED", "P", "INK");

  private CounterfactualText() {}

  /** A table of the images, where they are few, and one of the groups. */
  static String of(List<CounterfactualRow> rows, List<CounterfactualSummary> groups) {
    StringBuilder text = new StringBuilder();
    if (rows.size() <= MOST_ROWS) {
      List<List<String>> images = new ArrayList<>(List.of(IMAGES));
      rows.forEach(row -> images.add(image(row)));
      text.append(TextTable.of(images)).append('\n');
    }
    List<List<String>> table = new ArrayList<>(List.of(GROUPS));
    groups.forEach(group -> table.add(group(group)));
    return text.append(TextTable.of(table)).toString();
  }

  private static List<String> image(CounterfactualRow row) {
    return List.of(
        row.image(),
        format("%.4f", row.probability()),
        row.flips().isPresent() ? Integer.toString(row.flips().getAsInt()) : "-",
        row.status() == CounterfactualRow.Status.CROSSED ? "" : row.status().label());
  }

  private static List<String> group(CounterfactualSummary group) {
    OptionalDouble none = OptionalDouble.empty();
    return List.of(
        group.group(),
        Integer.toString(group.images()),
        Integer.toString(group.cats()),
        Integer.toString(group.crossed()),
        number("%.1f", group.medianFlips()),
        number("%.3f", group.test().map(t -> OptionalDouble.of(t.observed())).orElse(none)),
        group.test().map(CounterfactualText::shifted).orElse("-"),
        number("%.4f", group.test().map(t -> OptionalDouble.of(t.p())).orElse(none)),
        number("%.3f", group.inkIndex()));
  }

  private static String shifted(ToroidalShift test) {
    return format("%.3f ± %.3f", test.nullMean(), test.nullSd());
  }

  private static String number(String form, OptionalDouble value) {
    return value.isPresent() ? format(form, value.getAsDouble()) : "-";
  }

  private static String format(String form, Object... values) {
    return String.format(Locale.ROOT, form, values);
  }
}
