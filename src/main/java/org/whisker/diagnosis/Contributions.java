package org.whisker.diagnosis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.whisker.classifier.ActivationClassifier;
import org.whisker.classifier.ActivationClassifier.Cut;
import org.whisker.image.Raster;
import org.whisker.network.Layer;
import org.whisker.network.Network;

/**
 * What each position of the map that the head reads contributes to the logit of not-cat: its
 * activations times the derivatives by them, summed over channels. Behind global average pooling
 * and a linear layer they add up to the logit less its bias. Where the head reads more than that
 * map, the logit itself stands for a single position.
 */
final class Contributions {
  private Contributions() {}

  /** The cut at the map that the head reads, if the network can be cut there. */
  static Optional<Cut> headMap(ActivationClassifier parts, Network network) {
    int at = network.headMap();
    Network.Node node = network.nodes().get(at);
    Optional<Cut> own = cut(parts, network, at);
    return node.layer() instanceof Layer.BatchNorm
        ? own.or(() -> cut(parts, network, node.inputs().get(0))) // folded into what it follows
        : own;
  }

  private static Optional<Cut> cut(ActivationClassifier parts, Network network, int at) {
    String name = network.nodes().get(at).name();
    return parts.cuts().stream()
        .filter(
            cut ->
                cut.layer().equals(name)
                    || network.stages().getOrDefault(cut.layer(), -1).intValue() == at)
        .findFirst();
  }

  /**
   * The contributions of each picture by position of the map that the head reads, with the changed
   * graph; the whole logit where the network can't be cut there.
   */
  static List<double[]> of(
      Subject subject, Network network, UnaryOperator<Network> change, List<Raster> pictures)
      throws IOException {
    try (ActivationClassifier parts = subject.openCut(change)) {
      Optional<Cut> cut = headMap(parts, network);
      List<double[]> maps = new ArrayList<>();
      if (cut.isEmpty()) {
        for (float logit : parts.logits(pictures)) {
          maps.add(new double[] {logit});
        }
        return maps;
      }
      List<float[]> activations = parts.activations(cut.get(), pictures);
      List<float[]> gradients = parts.gradients(cut.get(), activations);
      for (int i = 0; i < activations.size(); i++) {
        maps.add(summed(cut.get(), activations.get(i), gradients.get(i)));
      }
      return maps;
    }
  }

  private static double[] summed(Cut cut, float[] activations, float[] gradients) {
    double[] sums = new double[cut.positions()];
    for (int at = 0; at < activations.length; at++) {
      sums[at % sums.length] += (double) activations[at] * gradients[at];
    }
    return sums;
  }
}
