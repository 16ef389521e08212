package org.whisker.feature.ablate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.whisker.command.TextTable;
import org.whisker.hypothesis.Expected;
import org.whisker.hypothesis.Expected.Outcome;
import org.whisker.selfcheck.MatrixCell;

/** The matrix of planted classifiers and hypotheses as text. */
final class MatrixText {
  private static final String KEY =
      "+ right   X wrong   ? undecided   . the plant does not say which verdict is right";

  private MatrixText() {}

  /** A row a plant, a column a hypothesis, and in words each cell that is not right. */
  static String of(List<MatrixCell> cells) {
    Map<String, List<MatrixCell>> plants =
        cells.stream()
            .collect(
                Collectors.groupingBy(MatrixCell::plant, LinkedHashMap::new, Collectors.toList()));
    List<List<String>> rows = new ArrayList<>();
    List<MatrixCell> first = plants.values().iterator().next();
    List<String> head = new ArrayList<>(List.of("PLANT"));
    StringBuilder legend = new StringBuilder();
    for (int column = 0; column < first.size(); column++) {
      head.add(letter(column));
      legend.append(column % 5 == 0 ? "\n  " : "  ");
      legend.append(
          String.format(Locale.ROOT, "%s %-16s", letter(column), first.get(column).hypothesis()));
    }
    head.add("");
    rows.add(head);
    plants.forEach((plant, row) -> rows.add(line(plant, row)));
    String notRight = cells.stream().map(MatrixText::words).collect(Collectors.joining());
    return TextTable.of(rows)
        + KEY
        + legend.toString().replaceAll(" +\n", "\n").stripTrailing()
        + "\n"
        + notRight;
  }

  private static String letter(int column) {
    return Character.toString((char) ('a' + column));
  }

  private static List<String> line(String plant, List<MatrixCell> row) {
    List<String> line = new ArrayList<>(List.of(plant));
    row.forEach(cell -> line.add(symbol(cell.outcome())));
    List<String> counts = new ArrayList<>();
    for (Outcome outcome : Outcome.values()) {
      long count = row.stream().filter(cell -> cell.outcome() == outcome).count();
      if (count > 0) {
        counts.add(count + " " + outcome.label());
      }
    }
    line.add(String.join(", ", counts));
    return line;
  }

  private static String symbol(Outcome outcome) {
    return switch (outcome) {
      case RIGHT -> "+";
      case WRONG -> "X";
      case UNDECIDED -> "?";
      case OPEN -> ".";
    };
  }

  private static String words(MatrixCell cell) {
    if (cell.outcome() == Outcome.RIGHT || cell.outcome() == Outcome.OPEN) {
      return "";
    }
    return String.format(
        Locale.ROOT,
        "%s: %s on %s: %s%s; right is %s (%s)%n",
        cell.outcome() == Outcome.WRONG ? "WRONG" : "undecided",
        cell.hypothesis(),
        cell.plant(),
        cell.seen().map(v -> words(v.name())).orElse(words(Expected.NOT_TESTED.name())),
        cell.test().reason().isEmpty() ? "" : ", " + cell.test().reason(),
        words(cell.expected().name()),
        cell.reason());
  }

  private static String words(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
