package org.whisker.cli.models;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.whisker.classifier.StoredModel;
import org.whisker.classifier.UnitGradients;
import org.whisker.cli.shared.TextTable;
import org.whisker.image.GrayImage;
import org.whisker.network.Network;
import org.whisker.network.ReceptiveField;
import org.whisker.random.SplitMix64;
import org.whisker.saliency.CentreUnit;
import org.whisker.saliency.EffectiveReceptiveField;
import org.whisker.study.InvalidRequestException;
import org.whisker.torch.Classifiers;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;

/** The effective receptive field of a model's layer, with its weights and with random ones. */
final class EffectiveFields {
  private static final int BATCH = 8;
  private static final long SEED = 1;

  private final StoredModel model;
  private final Network network;
  private final int layer;
  private final int pictures;

  EffectiveFields(StoredModel model, Network network, int layer, int pictures) {
    this.model = model;
    this.network = network;
    this.layer = layer;
    this.pictures = pictures;
  }

  /** By {@code trained} and {@code untrained}. */
  Map<String, EffectiveReceptiveField> measure() throws IOException {
    TorchClassifier.Settings run = TorchClassifier.Settings.cpu(Precision.FLOAT32);
    Map<String, EffectiveReceptiveField> fields = new LinkedHashMap<>();
    try (UnitGradients trained = Classifiers.open(model, run)) {
      fields.put("trained", field(trained));
    }
    try (UnitGradients untrained = Classifiers.openUntrained(model, SEED, run)) {
      fields.put("untrained", field(untrained));
    }
    return fields;
  }

  private EffectiveReceptiveField field(UnitGradients classifier) {
    String name = network.nodes().get(layer).name();
    CentreUnit unit =
        InvalidRequestException.check(() -> CentreUnit.randomSigns(classifier, name, SEED));
    List<GrayImage> noise =
        EffectiveReceptiveField.noise(
            classifier.canvas(), pictures, SplitMix64.stream(SEED, "noise", 0));
    return EffectiveReceptiveField.of(unit, theory(), noise, BATCH);
  }

  private EffectiveReceptiveField.Theory theory() {
    ReceptiveField field = ReceptiveField.of(network).get(layer);
    var shape = network.nodes().get(layer).shape();
    return new EffectiveReceptiveField.Theory(
        field.columns().centre(shape.width() / 2),
        field.rows().centre(shape.height() / 2),
        field.columns().size(),
        field.rows().size());
  }

  /** The sizes, as a table. */
  static String text(Map<String, EffectiveReceptiveField> fields) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("EFFECTIVE RECEPTIVE FIELD", "95.45 % WITHIN", "OVER THE THEORETICAL"));
    fields.forEach(
        (weights, field) ->
            rows.add(
                List.of(
                    weights + " weights",
                    String.format(
                        Locale.ROOT,
                        "%.0f px",
                        2 * field.radius(EffectiveReceptiveField.TWO_SIGMA)),
                    String.format(Locale.ROOT, "%.2f", field.shareOfTheory()))));
    return TextTable.of(rows);
  }
}
