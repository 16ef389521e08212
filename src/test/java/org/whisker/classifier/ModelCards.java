package org.whisker.classifier;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.whisker.classifier.ModelCard.Figures;
import org.whisker.classifier.ModelCard.TrainingRecord;
import org.whisker.classifier.ModelCard.WeightsFile;
import org.whisker.network.Window.Padding;

/** Cards for tests. */
final class ModelCards {
  private ModelCards() {}

  static ModelCard mini(String name) {
    return new ModelCard(
        name,
        new Architecture(
            Architecture.Kind.INCEPTION_RESNET_V2, 0.125, List.of(2, 4, 2), true, 0, 1, 0.2),
        new ModelCard.Input(1, 128, 128),
        new Preprocessing(0.449f, 0.226f),
        Output.NOT_CAT_LOGIT,
        Padding.REFLECT,
        new TrainingRecord(
            "cats and others",
            true,
            Map.of("train/cat", 10, "train/not_cat", 12),
            24,
            7,
            Map.of("learning-rate", "0.002", "batch", "64")),
        new Figures(100, 0.9, 0.875, 0.925, 0.96, Map.of("web", 0.9, "lab", 0.8), 0.1),
        WeightsFile.UNSAVED,
        Instant.parse("2026-03-01T12:00:00Z"),
        "0.1.0");
  }

  /** One that was imported: neither trained nor evaluated here. */
  static ModelCard imported(String name) {
    ModelCard mini = mini(name);
    return new ModelCard(
        name,
        new Architecture(Architecture.Kind.VGG16, 1, List.of(), false, 4096, 7, 0.5),
        mini.input(),
        mini.preprocessing(),
        mini.output(),
        Padding.ZERO,
        null,
        null,
        mini.weights(),
        mini.created(),
        mini.whiskerVersion());
  }
}
