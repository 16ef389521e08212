package org.whisker.page;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.whisker.io.CsvRow;
import org.whisker.io.Decimals;

/** Are these classifiers any good? */
final class QualitySection {
  private static final String FILE = "models.csv";

  private QualitySection() {}

  static Optional<Section> of(ReportFolder folder) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    for (CsvRow row : folder.rows(FILE)) {
      rows.add(
          List.of(
              row.text("model"),
              row.text("architecture"),
              row.text("input"),
              weights(row),
              row.text("padding"),
              accuracy(row),
              number(row, "auc"),
              number(row, "white_p_cat")));
    }
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    DataTable table =
        new DataTable(
            List.of(
                "model",
                "architecture",
                "input",
                "weights",
                "padding",
                "test accuracy",
                "ROC AUC",
                "p(cat) of white"),
            rows,
            "The classifiers. A cell is empty where it is not known.",
            FILE);
    return Optional.of(
        new Section(
            "models",
            "Are these classifiers any good?",
            List.of(
                "Accuracy and ROC AUC (the probability that a cat gets a higher p(cat) than another photo) are on test photos that training did not see. Half of the answers of a coin are right, and its AUC is ½. The search begins on a white image, so p(cat) of white should be below ½."),
            List.of(),
            List.of(table),
            List.of()));
  }

  private static String weights(CsvRow row) throws IOException {
    return row.text("weights").isEmpty()
        ? ""
        : String.format(Locale.ROOT, "%,d", row.integer("weights"));
  }

  private static String accuracy(CsvRow row) throws IOException {
    OptionalDouble accuracy = row.optionalNumber("test_accuracy");
    if (accuracy.isEmpty()) {
      return "";
    }
    String photos = row.text("test_photos");
    String of =
        photos.isEmpty() ? "" : String.format(Locale.ROOT, " of %,d", row.integer("test_photos"));
    return Decimals.fixed(100 * accuracy.getAsDouble(), 1) + " %" + of;
  }

  private static String number(CsvRow row, String column) throws IOException {
    OptionalDouble value = row.optionalNumber(column);
    return value.isPresent() ? Decimals.fixed(value.getAsDouble(), 3) : "";
  }
}
