package org.whisker.feature.ablate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.whisker.command.TextTable;
import org.whisker.selfcheck.NullCalibrationRow;

/** False verdicts and power as text. */
final class CalibrationText {
  private CalibrationText() {}

  static String of(List<NullCalibrationRow> rows) {
    List<List<String>> table = new ArrayList<>();
    table.add(
        List.of(
            "HYPOTHESIS",
            "NULL",
            "REPLICATES",
            "P ≤ 0.05",
            "FALSE VERDICTS",
            "CORRECTED",
            "POWER",
            "CORRECTED",
            "AT EFFECT"));
    for (NullCalibrationRow row : rows) {
      table.add(
          List.of(
              row.hypothesis(),
              row.nullPlant(),
              Integer.toString(row.replicates()),
              percent(row.rejected(), row.replicates()),
              percent(row.falseVerdicts(), row.replicates()),
              percent(row.falseCorrected(), row.replicates()),
              percent(row.found(), row.powerReplicates()),
              percent(row.foundCorrected(), row.powerReplicates()),
              row.meanEffect().isEmpty()
                  ? "–"
                  : String.format(Locale.ROOT, "%.3f", row.meanEffect().getAsDouble())));
    }
    return TextTable.of(table);
  }

  private static String percent(int some, int all) {
    return all == 0 ? "–" : String.format(Locale.ROOT, "%.1f %%", 100.0 * some / all);
  }
}
