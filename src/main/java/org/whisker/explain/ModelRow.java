package org.whisker.explain;

import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.whisker.table.Column;
import org.whisker.table.Table;

/** A row of {@value #FILE}: a classifier of the report. Unknown values are empty. */
public record ModelRow(
    @Column(meaning = "name of the model") String model,
    @Column(meaning = "architecture, in a few words") String architecture,
    @Column(meaning = "input shape, such as 1x128x128: channels, height and width (pixels)")
        String input,
    @Column(meaning = "number of trained parameters") OptionalLong weights,
    @Column(meaning = "padding mode of its convolutions") String padding,
    @Column(unit = "share", meaning = "share of test photos classified correctly")
        OptionalDouble testAccuracy,
    @Column(meaning = "number of test photos") OptionalInt testPhotos,
    @Column(meaning = "area under the ROC curve on the test photos") OptionalDouble auc,
    @Column(
            value = "white_p_cat",
            unit = "probability",
            meaning = "p(cat) of the pure white picture")
        OptionalDouble whiteCatProbability,
    @Column(meaning = "SHA-256 of the weights file") String sha256) {
  public static final String FILE = "models.csv";
  public static final Table<ModelRow> TABLE = Table.of(ModelRow.class, FILE);

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
