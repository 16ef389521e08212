package org.whisker.feature.boundary;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.whisker.boundary.Transfer;
import org.whisker.command.TextTable;

/** What the command line says of transfer: by the relation of the model to the images. */
final class TransferSummary {
  private static final List<String> HEADER =
      List.of("IMAGES", "SCORED BY", "MODELS", "MEAN P(CAT)", "CATS");

  private TransferSummary() {}

  static String text(List<Transfer.Summary> all) {
    List<List<String>> table = new ArrayList<>(List.of(HEADER));
    for (List<Transfer.Summary> source : Transfer.Summary.sources(all)) {
      Map<String, List<Transfer.Summary>> relations = new LinkedHashMap<>();
      for (Transfer.Relation relation : Transfer.Relation.values()) {
        relations.put(relation.label(), new ArrayList<>());
      }
      source.forEach(
          row -> relations.computeIfAbsent(row.relation(), r -> new ArrayList<>()).add(row));
      relations.values().stream()
          .filter(rows -> !rows.isEmpty())
          .forEach(rows -> table.add(cells(rows)));
    }
    return TextTable.of(table);
  }

  private static List<String> cells(List<Transfer.Summary> rows) {
    Transfer.Summary first = rows.get(0);
    double mean = rows.stream().mapToDouble(Transfer.Summary::meanPCat).average().orElseThrow();
    return List.of(
        first.source(),
        first.relation().equals(Transfer.Relation.NONE.label()) ? "all models" : first.relation(),
        Integer.toString(rows.size()),
        String.format(Locale.ROOT, "%.4f", mean),
        "%d of %d"
            .formatted(
                rows.stream().mapToInt(Transfer.Summary::cats).sum(),
                rows.stream().mapToInt(Transfer.Summary::images).sum()));
  }
}
