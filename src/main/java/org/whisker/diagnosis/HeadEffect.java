package org.whisker.diagnosis;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.whisker.classifier.ActivationClassifier;
import org.whisker.classifier.ActivationClassifier.Cut;
import org.whisker.diagnosis.Examination.Subject;
import org.whisker.diagnosis.SystematicChange.Effect;
import org.whisker.image.Raster;
import org.whisker.network.Layer;
import org.whisker.network.Network;
import org.whisker.network.PlaceChange;
import org.whisker.network.PlaceChange.Roll;

/**
 * What the head makes of where features are: the map that it reads is rolled over its borders, and
 * the logit is looked at. Behind a mean or a maximum over positions nothing changes; behind
 * flattening, or a convolution as large as the map, each roll is another picture.
 */
final class HeadEffect {
  private HeadEffect() {}

  /**
   * The mean difference of the logit by a roll, over that between two pictures; empty if the head
   * reads more than the last feature map, or that has a single position.
   */
  static Optional<Effect> of(Subject subject, Network network, List<Raster> pictures)
      throws IOException {
    try (ActivationClassifier parts = subject.openCut(UnaryOperator.identity())) {
      Optional<Cut> cut = headMap(parts, network).filter(found -> found.positions() > 1);
      if (cut.isEmpty()) {
        return Optional.empty();
      }
      double[][] logits = new double[pictures.size()][];
      List<float[]> maps = parts.activations(cut.get(), pictures);
      for (int i = 0; i < logits.length; i++) {
        logits[i] = overRolls(parts, cut.get(), maps.get(i));
      }
      return Optional.of(Effect.of(logits.length, false, kept -> ratio(logits, kept)));
    }
  }

  /** The first is the map in place. */
  private static double[] overRolls(ActivationClassifier parts, Cut cut, float[] map) {
    List<float[]> rolls =
        rolls(cut.height(), cut.width()).stream()
            .map(roll -> rolled(cut, map, roll.columns(), roll.rows()))
            .toList();
    float[] logits = parts.logits(cut, rolls);
    return IntStream.range(0, logits.length).mapToDouble(i -> logits[i]).toArray();
  }

  /** All different rolls, the first by nothing. */
  private static List<Roll> rolls(int height, int width) {
    return IntStream.range(0, PlaceChange.ROLLS)
        .mapToObj(number -> Roll.of(number, height, width))
        .distinct()
        .toList();
  }

  private static float[] rolled(Cut cut, float[] map, int dx, int dy) {
    float[] rolled = new float[map.length];
    for (int at = 0; at < map.length; at++) {
      int place = at % cut.positions();
      int x = (place % cut.width() + dx) % cut.width();
      int y = (place / cut.width() + dy) % cut.height();
      rolled[at - place + y * cut.width() + x] = map[at];
    }
    return rolled;
  }

  /** Mean difference between a map in place and rolled, over that between pictures. */
  static double ratio(double[][] logits, IntPredicate kept) {
    int[] all = IntStream.range(0, logits.length).filter(kept).toArray();
    double within = 0;
    for (int picture : all) {
      double[] own = logits[picture];
      for (int roll = 1; roll < own.length; roll++) {
        within += Math.abs(own[roll] - own[0]) / (own.length - 1) / all.length;
      }
    }
    double[] still = IntStream.of(all).mapToDouble(i -> logits[i][0]).toArray();
    return within / SystematicChange.difference(still);
  }

  /**
   * What each position of the map that the head reads contributes to the logit against the target:
   * its activations times the derivatives by them, summed over channels. Behind global average
   * pooling and a linear layer they add up to the logit less its bias. Where the head reads more
   * than that map, the logit itself stands for a single position.
   *
   * <p>The cut at the map that the head reads, if the network can be cut there.
   */
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
  static List<double[]> contributions(
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
