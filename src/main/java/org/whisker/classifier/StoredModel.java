package org.whisker.classifier;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.whisker.classifier.Networks.UnknownLayersException;
import org.whisker.network.Layer.Parameter;
import org.whisker.network.Network;
import org.whisker.network.Network.Node;
import org.whisker.network.PlacedMaps;
import org.whisker.network.TokenPlaces;
import org.whisker.network.Window.Padding;
import org.whisker.weights.Layouts;
import org.whisker.weights.Weights;
import org.whisker.weights.Weights.Tensor;

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

  /**
   * Returns the same model with the constants by token of these layers averaged, as {@link
   * TokenPlaces} says. Other layers, and networks without attention, stay as they are.
   *
   * @param permuted 0, or the number of a random order that they are put into instead
   */
  public StoredModel withTokensAlike(List<String> layers, int permuted) throws IOException {
    if (layers.isEmpty()) {
      return this;
    }
    Network network = Networks.of(card);
    if (!PlacedMaps.attends(network)) {
      return this;
    }
    TokenPlaces places = TokenPlaces.of(network);
    Weights fitted = Layouts.fit(weights, network.parameters());
    Map<String, Tensor> changed = new TreeMap<>();
    for (int at = 0; at < network.nodes().size(); at++) {
      Node node = network.nodes().get(at);
      if (layers.contains(node.name()) && places.isAveraged(at)) {
        Parameter constants = node.parameters().get(0);
        float[] own = new float[(int) constants.size()];
        fitted.floats(constants.name()).get(own);
        changed.put(
            constants.name(),
            Tensor.of(
                constants.shape(),
                permuted == 0 ? places.averaged(at, own) : places.shuffled(at, own, permuted)));
      }
    }
    return new StoredModel(card, folder, Weights.of(changed).over(fitted));
  }

  public ClassNames classes() throws IOException {
    return ClassNames.of(folder);
  }

  /** The weights file, or the module. */
  public Path file() {
    return folder.resolve(card.weights().file());
  }
}
