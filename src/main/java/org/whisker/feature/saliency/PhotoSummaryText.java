package org.whisker.feature.saliency;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.whisker.command.TextTable;
import org.whisker.io.Decimals;
import org.whisker.saliency.result.PhotoMapRow;

/** What many photos say, in two tables. */
final class PhotoSummaryText {
  private PhotoSummaryText() {}

  static String of(PhotoSummaryJob.Result result) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("MODEL", "GROUP", "METHOD", "PHOTOS", "E", "95 % INTERVAL"));
    for (PhotoMapRow.EdgeIndexRow row : result.edges()) {
      rows.add(
          List.of(
              row.model(),
              row.group(),
              row.method(),
              Integer.toString(row.photos()),
              number(row.edgeIndex()),
              number(row.ciLow()) + " to " + number(row.ciHigh())));
    }
    String text =
        TextTable.of(rows)
            + "E: mean edge index of |value|, ½ for a uniform map, below ½ nearer the edge\n";
    return result.contrasts().isEmpty() ? text : text + contrasts(result.contrasts());
  }

  private static String contrasts(List<PhotoMapRow.ContrastRow> contrasts) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("METHOD", "DIFFERENCE", "ΔE", "95 % INTERVAL", "P, CORRECTED"));
    for (PhotoMapRow.ContrastRow row : contrasts) {
      rows.add(
          List.of(
              row.method(),
              row.paired()
                  ? "%s − %s, %s".formatted(row.modelA(), row.modelB(), row.groupA())
                  : "%s − %s, %s".formatted(row.groupA(), row.groupB(), row.modelA()),
              Decimals.fixed(row.deltaEdgeIndex(), 3),
              Decimals.fixed(row.ciLow(), 3) + " to " + Decimals.fixed(row.ciHigh(), 3),
              Decimals.probability(row.pHolm())));
    }
    return "\n" + TextTable.of(rows);
  }

  private static String number(OptionalDouble value) {
    return value.isPresent() ? Decimals.fixed(value.getAsDouble(), 3) : "-";
  }
}
