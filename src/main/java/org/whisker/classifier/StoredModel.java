package org.whisker.classifier;

import java.nio.file.Path;
import org.whisker.weights.Weights;

/**
 * A model on disk whose weights have the hash that its card says.
 *
 * @param weights none for a TorchScript module: it holds its own
 */
public record StoredModel(ModelCard card, Path folder, Weights weights) {
  /** The weights file, or the module. */
  public Path file() {
    return folder.resolve(card.weights().file());
  }
}
