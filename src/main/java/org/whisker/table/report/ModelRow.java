package org.whisker.table.report;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.whisker.explain.ModelFacts;
import org.whisker.explain.ModelSummary;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@value #FILE}: a classifier of the report. Unknown values are empty.
 *
 * @param model name of the model
 * @param architecture in a few words
 * @param input input shape, such as 1x128x128: channels, height and width (pixels)
 * @param weights number of trained parameters
 * @param padding padding mode of its convolutions
 * @param testAccuracy share of test photos classified correctly
 * @param testPhotos number of test photos
 * @param auc area under the ROC curve on the test photos
 * @param whiteCatProbability p(cat) of the pure white picture
 * @param sha256 SHA-256 of the weights file
 */
public record ModelRow(
    String model,
    String architecture,
    String input,
    OptionalLong weights,
    String padding,
    @Column(unit = "share") OptionalDouble testAccuracy,
    OptionalInt testPhotos,
    OptionalDouble auc,
    @Column(value = "white_p_cat", unit = "probability") OptionalDouble whiteCatProbability,
    String sha256) {
  public static final String FILE = "models.csv";
  public static final Table<ModelRow> TABLE = Table.of(ModelRow.class);

  /** One row per classifier. */
  public static List<ModelRow> of(List<ModelFacts> models) {
    return models.stream().map(ModelRow::of).toList();
  }

  private static ModelRow of(ModelFacts facts) {
    ModelSummary m = facts.summary();
    return new ModelRow(
        m.name(),
        m.architecture(),
        m.input(),
        m.weights(),
        m.padding(),
        m.testAccuracy(),
        m.testAccuracy().isPresent() ? OptionalInt.of(m.testPhotos()) : OptionalInt.empty(),
        facts.rocAuc(),
        OptionalDouble.of(facts.whiteCatProbability()),
        m.sha256());
  }
}
