package org.whisker.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelCard.WeightsFile;
import org.whisker.classifier.Networks;
import org.whisker.classifier.Output;
import org.whisker.classifier.PublishedModel;
import org.whisker.classifier.Sha256;
import org.whisker.hub.LoopbackHub;
import org.whisker.network.Window.Padding;
import org.whisker.weights.DType;
import org.whisker.weights.FormulaWeights;
import org.whisker.weights.Safetensors;

/**
 * A hub on this machine, with weights of MobileNet v2 by a formula, for as long as the JVM runs.
 */
final class Hub {
  private static final int SIDE = 32;

  private Hub() {}

  /** Begins to serve; returns the address. */
  static String begin(Path folder) throws IOException {
    Path file = folder.resolve("hub.safetensors");
    FormulaWeights weights = new FormulaWeights(Networks.of(card()).parameters(), 5);
    Safetensors.write(file, weights, Map.of(), DType.F32);
    return new LoopbackHub(Files.readAllBytes(file), Sha256.of(file)).address();
  }

  private static ModelCard card() {
    PublishedModel published = PublishedModel.MOBILENET_V2;
    return new ModelCard(
        "hub",
        published.architecture(true),
        new ModelCard.Input(1, SIDE, SIDE),
        published.preprocessing(1),
        Output.NOT_CAT_LOGIT,
        Padding.ZERO,
        null,
        null,
        WeightsFile.UNSAVED,
        Instant.EPOCH,
        "0.1.0");
  }
}
