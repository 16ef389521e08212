package org.whisker.study.models;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.whisker.classifier.StoredModel;
import org.whisker.classifier.UnitGradients;
import org.whisker.image.GrayImage;
import org.whisker.network.FeatureShape;
import org.whisker.network.Network;
import org.whisker.network.ReceptiveField;
import org.whisker.random.SplitMix64;
import org.whisker.saliency.CentreUnit;
import org.whisker.saliency.EffectiveReceptiveField;
import org.whisker.saliency.SaliencyMap;
import org.whisker.study.InvalidRequestException;
import org.whisker.table.MapFiles;
import org.whisker.table.model.FieldRingRow;
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
  private final int images;

  /**
   * @param images number of noise images to average over
   */
  EffectiveFields(StoredModel model, Network network, int layer, int images) {
    this.model = model;
    this.network = network;
    this.layer = layer;
    this.images = images;
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
            classifier.canvas(), images, SplitMix64.stream(SEED, "noise", 0));
    return EffectiveReceptiveField.of(unit, theory(), noise, BATCH);
  }

  private EffectiveReceptiveField.Theory theory() {
    ReceptiveField field = ReceptiveField.of(network).get(layer);
    FeatureShape shape = network.nodes().get(layer).shape();
    return new EffectiveReceptiveField.Theory(
        field.columns().centre(shape.width() / 2),
        field.rows().centre(shape.height() / 2),
        field.columns().size(),
        field.rows().size());
  }

  /** Writes {@code receptive_field.csv} (rings), and each map as CSV and NPY in raw units. */
  static void write(Path folder, Map<String, EffectiveReceptiveField> fields) throws IOException {
    List<FieldRingRow> rings = new ArrayList<>();
    for (Map.Entry<String, EffectiveReceptiveField> each : fields.entrySet()) {
      SaliencyMap map = each.getValue().map();
      Path stem = folder.resolve(FieldRingRow.mapStem(each.getKey()));
      MapFiles.write(stem, map.canvas(), MapFiles.doubles(map.values()), "mean_abs_gradient");
      rings.addAll(FieldRingRow.of(each.getKey(), each.getValue()));
    }
    FieldRingRow.TABLE.write(folder.resolve(FieldRingRow.FILE), rings);
  }
}
