package org.whisker.page;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.whisker.table.experiment.SummaryRow;

/** All comparisons of an experiment, from {@code summary.csv}. */
final class ComparisonTable {
  static final String FILE = SummaryRow.FILE;
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

  /** The selected rows; empty if there are none. */
  static Optional<DataTable> of(ReportFolder folder, Predicate<SummaryRow> wanted)
      throws IOException {
    List<List<String>> rows = new ArrayList<>();
    for (SummaryRow row : folder.read(SummaryRow.TABLE, FILE)) {
      if (wanted.test(row)) {
        rows.add(cells(row));
      }
    }
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new DataTable(
                HEADER,
                rows,
                "p and verdict are corrected over the comparisons of this experiment alone; those"
                    + " of the verdict table are corrected over the whole report. Runs that are"
                    + " cats and mean p(cat): control → treatment.",
                FILE));
  }

  /** The table as a collapsible element. */
  static Details folded(DataTable table) {
    String count = table.rows().size() == 1 ? "The comparison" : "All %d comparisons";
    return new Details(count.formatted(table.rows().size()), List.of(), List.of(table));
  }

  private static List<String> cells(SummaryRow row) {
    boolean measured = row.effect().isPresent();
    return List.of(
        row.model(),
        row.experiment(),
        row.comparison() + " \u2212 " + row.against(),
        measure(row.measure()),
        measured ? PageText.interval(row.effect(), row.ciLow(), row.ciHigh()) : "",
        PageText.p(row.pHolm()),
        PageText.p(row.pEquivalence()),
        row.verdict().isEmpty() ? (measured ? "descriptive" : "no value") : row.verdict(),
        Integer.toString(row.runs()),
        change(PageText.percent(row.successControl()), PageText.percent(row.successTreated())),
        change(PageText.number(row.catControl(), 2), PageText.number(row.catTreated(), 2)));
  }

  private static String measure(String name) {
    return switch (name) {
      case "edge_index" -> "ΔE, all runs";
      case "edge_index_at_target" -> "ΔE at the target";
      case "edge_index_at_half" -> "ΔE at p(cat) ½";
      case "p_cat" -> "Δp(cat)";
      default -> name;
    };
  }

  private static String change(String from, String to) {
    return from.isEmpty() || to.isEmpty() ? from + to : from + " → " + to;
  }
}
