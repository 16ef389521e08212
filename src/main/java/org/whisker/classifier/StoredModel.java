package org.whisker.classifier;

import java.io.IOException;
import java.nio.file.Path;
import org.whisker.classifier.Networks.UnknownLayersException;
import org.whisker.network.Window.Padding;
import org.whisker.weights.Weights;

/**
 * A model on disk whose weights match the hash on its card.
 *
 * @param weights empty for a TorchScript module, which contains its own
 */
public record StoredModel(ModelCard card, Path folder, Weights weights) {
  /**
   * Returns the same weights under another padding than that of their training.
   *
   * @throws UnknownLayersException for a TorchScript module
   * @throws IllegalArgumentException if the network can't be padded so, such as by reflection of a
   *     map with a single row
   */
  public StoredModel withPadding(Padding padding) {
    if (card.isModule()) {
      throw new UnknownLayersException(card.name());
    }
    StoredModel padded = new StoredModel(card.withPadding(padding), folder, weights);
    Networks.of(padded.card);
    return padded;
  }

  public ClassNames classes() throws IOException {
    return ClassNames.of(folder);
  }

  /** The weights file, or the module. */
  public Path file() {
    return folder.resolve(card.weights().file());
  }
}
