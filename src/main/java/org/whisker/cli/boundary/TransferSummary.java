package org.whisker.cli.boundary;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.whisker.boundary.Relation;
import org.whisker.boundary.Transfer;
import org.whisker.cli.shared.TextTable;
import org.whisker.table.TransferFiles;

/** What the command line says of transfer: by what the scoring model has to do with the images. */
final class TransferSummary {
  private static final List<String> HEADER =
      List.of("IMAGES", "SCORED BY", "MODELS", "MEAN P(CAT)", "CATS");

  private TransferSummary() {}

  static String text(TransferFiles files) {
    List<List<String>> rows = new ArrayList<>(List.of(HEADER));
    for (List<Transfer> row : files.cells()) {
      for (Relation relation : Relation.values()) {
        List<Transfer> of = row.stream().filter(cell -> cell.relation() == relation).toList();
        if (!of.isEmpty()) {
          rows.add(row(relation, of));
        }
      }
    }
    return TextTable.of(rows);
  }

  private static List<String> row(Relation relation, List<Transfer> cells) {
    int scored = cells.stream().mapToInt(cell -> cell.logits().size()).sum();
    Stream<Transfer> each = cells.stream();
    return List.of(
        cells.get(0).source(),
        relation == Relation.NONE ? "all models" : relation.label(),
        Integer.toString(cells.size()),
        String.format(
            Locale.ROOT,
            "%.4f",
            each.mapToDouble(Transfer::meanCatProbability).average().orElseThrow()),
        cells.stream().mapToInt(Transfer::cats).sum() + " of " + scored);
  }
}
