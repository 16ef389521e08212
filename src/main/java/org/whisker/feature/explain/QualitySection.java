package org.whisker.feature.explain;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.whisker.explain.ModelRow;
import org.whisker.io.Decimals;
import org.whisker.page.DataTable;
import org.whisker.page.PageText;
import org.whisker.page.Section;

/** Are these classifiers any good? */
final class QualitySection {
  private static final String FILE = ModelRow.FILE;

  private QualitySection() {}

  static Optional<Section> of(ReportFolder folder) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    Map<String, String> right = new LinkedHashMap<>();
    for (ModelRow row : folder.read(ModelRow.TABLE, FILE)) {
      rows.add(
          List.of(
              row.model(),
              row.architecture(),
              row.input(),
              weights(row),
              row.padding(),
              accuracy(row),
              PageText.number(row.auc(), 3),
              PageText.number(row.whiteCatProbability(), 3)));
      row.testAccuracy()
          .ifPresent(share -> right.put(row.model(), Decimals.fixed(100 * share, 1) + "\u00a0%"));
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
            "The classifiers. Cells of unknown values are empty.",
            FILE);
    return Optional.of(
        new Section(
            "models",
            "Models",
            Headings.perModel(
                "Test photos classified correctly: ",
                right,
                "",
                "How accurate these classifiers are is not known"),
            List.of(
                "Accuracy and ROC AUC (the probability that a cat gets a higher p(cat) than another"
                    + " photo) are on test photos not used in training; chance is ½ for both. The"
                    + " search starts from a white image, so p(cat) of white should be below ½."),
            List.of(),
            List.of(table),
            List.of()));
  }

  private static String weights(ModelRow row) {
    return row.weights().isEmpty()
        ? ""
        : String.format(Locale.ROOT, "%,d", row.weights().getAsLong());
  }

  private static String accuracy(ModelRow row) {
    if (row.testAccuracy().isEmpty()) {
      return "";
    }
    String of =
        row.testPhotos().isEmpty()
            ? ""
            : String.format(Locale.ROOT, " of %,d", row.testPhotos().getAsInt());
    return Decimals.fixed(100 * row.testAccuracy().getAsDouble(), 1) + " %" + of;
  }
}
