package org.whisker.chart.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.whisker.io.Decimals;
import org.whisker.io.JsonFile;

/**
 * What training minimised, which for a taught model is no loss on labels.
 *
 * @param features the weight of the second loss, 0 for none
 */
record MinimisedLoss(boolean taught, double features) {
  /** As the model's card says. */
  static MinimisedLoss of(Path folder) throws IOException {
    Path card = folder.resolve("model.json");
    JsonNode options =
        Files.exists(card)
            ? JsonFile.read(card).at("/training/options")
            : MissingNode.getInstance();
    return new MinimisedLoss(
        options.hasNonNull("teacher"), options.path("feature-weight").asDouble());
  }

  String label() {
    return features > 0 ? "loss" : "loss (nats)";
  }

  String training() {
    if (!taught) {
      return "training";
    }
    return features > 0
        ? "divergence from the teacher + %s × error in its features"
            .formatted(Decimals.shortest(features))
        : "divergence from the teacher";
  }
}
