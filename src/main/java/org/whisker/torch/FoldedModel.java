package org.whisker.torch;

import java.io.IOException;
import java.util.Map;
import org.whisker.classifier.Preprocessing;
import org.whisker.network.FoldedBatchNorm;
import org.whisker.network.Network;
import org.whisker.network.Node;
import org.whisker.weights.BatchNormFolding;
import org.whisker.weights.GrayFolding;
import org.whisker.weights.Layouts;
import org.whisker.weights.Weights;

/**
 * A network and its weights as they are run: batch norm is folded into the convolutions, and the
 * input has one channel if all channels have the same preprocessing.
 *
 * @param folds the folded batch norms, by the name of the convolution that absorbed them
 */
record FoldedModel(Network network, Map<String, Node> folds, Weights weights) {
  /**
   * Folds a network.
   *
   * @throws IOException naming the tensor that does not fit
   */
  static FoldedModel of(Network network, Weights weights, Preprocessing preprocessing)
      throws IOException {
    Weights fitted = Layouts.fit(weights, network.parameters());
    GrayFolding gray =
        network.input().channels() > 1 && preprocessing.isUniform() && network.canBeGray()
            ? GrayFolding.of(network, fitted)
            : new GrayFolding(network, fitted);
    BatchNormFolding folded = BatchNormFolding.of(gray.network(), gray.weights());
    return new FoldedModel(
        folded.network(), FoldedBatchNorm.of(gray.network()).folds(), folded.weights());
  }
}
