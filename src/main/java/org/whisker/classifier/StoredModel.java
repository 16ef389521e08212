package org.whisker.classifier;

import java.nio.file.Path;
import org.whisker.weights.Weights;

/**
 * A model on disk whose weights match the hash on its card.
 *
 * @param weights empty for a TorchScript module, which contains its own
 */
public record StoredModel(ModelCard card, Path folder, Weights weights) {
  /** The weights file, or the module. */
  public Path file() {
    return folder.resolve(card.weights().file());
  }
}
