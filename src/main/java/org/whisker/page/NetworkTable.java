package org.whisker.page;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.whisker.io.Decimals;
import org.whisker.table.experiment.NetworkRow;
import org.whisker.table.experiment.TrainedRow;

/** Test performance of the networks trained for an experiment, one line per arm. */
record NetworkTable(ReportFolder folder, String experiment) {
  private static final List<String> HEADER =
      List.of(
          "model",
          "arm",
          "networks",
          "test accuracy, mean (range)",
          "ROC AUC, mean (range)",
          "p(cat) of white, mean (range)");

  /** Empty if none were trained. */
  Optional<DataTable> table() throws IOException {
    List<List<String>> rows = new ArrayList<>();
    String csv = null;
    boolean fineTuned = false;
    for (String model : folder.models()) {
      String file = model + "/" + experiment + "/" + NetworkRow.FILE;
      Map<String, List<NetworkRow>> arms = new LinkedHashMap<>();
      for (NetworkRow row : folder.read(NetworkRow.TABLE, file)) {
        arms.computeIfAbsent(row.arm(), a -> new ArrayList<>()).add(row);
        fineTuned |= !row.fineTunedFrom().isEmpty();
      }
      for (Map.Entry<String, List<NetworkRow>> arm : arms.entrySet()) {
        rows.add(row(model, arm.getKey(), arm.getValue()));
      }
      csv = csv == null && !arms.isEmpty() ? file : csv;
    }
    return rows.isEmpty() ? Optional.empty() : Optional.of(table(rows, csv, fineTuned));
  }

  private static DataTable table(List<List<String>> rows, @Nullable String csv, boolean fineTuned) {
    return new DataTable(
        HEADER,
        rows,
        "Performance of the networks trained for this experiment on test photos that were not used"
            + " in training."
            + (fineTuned
                ? " They are fine-tunes of one network and stay close to it: what they show holds"
                    + " for that network."
                : ""),
        csv);
  }

  private static List<String> row(String model, String arm, List<NetworkRow> networks) {
    return List.of(
        model,
        arm,
        Integer.toString(networks.size()),
        range(networks, TrainedRow::testAccuracy, v -> Decimals.fixed(100 * v, 1) + "\u00a0%"),
        range(networks, TrainedRow::rocAuc, v -> Decimals.fixed(v, 3)),
        range(networks, TrainedRow::whiteCatProbability, v -> Decimals.fixed(v, 2)));
  }

  private static String range(
      List<NetworkRow> networks, ToDoubleFunction<TrainedRow> figure, DoubleFunction<String> text) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    double sum = 0;
    for (NetworkRow network : networks) {
      double value = figure.applyAsDouble(network.trained());
      least = Math.min(least, value);
      most = Math.max(most, value);
      sum += value;
    }
    return "%s (%s to %s)"
        .formatted(text.apply(sum / networks.size()), text.apply(least), text.apply(most));
  }
}
