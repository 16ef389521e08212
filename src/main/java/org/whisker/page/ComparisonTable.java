package org.whisker.page;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.whisker.io.CsvRow;

/** All comparisons of an experiment, from {@code summary.csv}. */
final class ComparisonTable {
  static final String FILE = "summary.csv";
  private static final List<String> HEADER =
      List.of(
          "model",
          "experiment",
          "comparison",
          "measure",
          "effect, 95 % interval",
          "p, corrected",
          "p, equivalence",
          "verdict alone",
          "runs",
          "runs that are cats",
          "p(cat)");

  private ComparisonTable() {}

  /** The rows that are wanted; empty when there is none. */
  static Optional<DataTable> of(ReportFolder folder, Predicate<Row> wanted) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    for (CsvRow row : folder.rows(FILE)) {
      if (wanted.test(new Row(row.text("hypothesis"), row.text("experiment"), row.text("model")))) {
        rows.add(cells(row));
      }
    }
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new DataTable(
                HEADER,
                rows,
                "p and verdict are those of the experiment alone, corrected for its own comparisons; the verdict table has those of the whole report. Runs that are cats and mean p(cat): control → treated.",
                FILE));
  }

  /** The table, to be unfolded. */
  static Details folded(DataTable table) {
    String count = table.rows().size() == 1 ? "The comparison" : "All %d comparisons";
    return new Details(count.formatted(table.rows().size()), List.of(), List.of(table));
  }

  /** What a row is about. */
  record Row(String hypothesis, String experiment, String model) {}

  private static List<String> cells(CsvRow row) throws IOException {
    boolean measured = row.optionalNumber("effect").isPresent();
    return List.of(
        row.text("model"),
        row.text("experiment"),
        row.text("comparison") + " \u2212 " + row.text("against"),
        measure(row.text("measure")),
        measured ? PageText.interval(row, "effect", "ci_low", "ci_high") : "",
        PageText.p(row.optionalNumber("p_holm")),
        PageText.p(row.optionalNumber("p_equivalence")),
        row.text("verdict").isEmpty()
            ? (measured ? "descriptive" : "no value")
            : row.text("verdict"),
        row.text("runs"),
        change(row, "success", true),
        change(row, "p_cat", false));
  }

  private static String measure(String name) {
    return switch (name) {
      case "edge_index" -> "ΔE";
      case "p_cat" -> "Δp(cat)";
      default -> name;
    };
  }

  private static String change(CsvRow row, String column, boolean percent) throws IOException {
    var control = row.optionalNumber(column + "_control");
    var treated = row.optionalNumber(column + "_treated");
    String from = percent ? PageText.percent(control) : PageText.number(control, 2);
    String to = percent ? PageText.percent(treated) : PageText.number(treated, 2);
    return from.isEmpty() || to.isEmpty() ? from + to : from + " → " + to;
  }
}
