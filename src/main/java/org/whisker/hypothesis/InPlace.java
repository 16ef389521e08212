package org.whisker.hypothesis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.whisker.ablation.ArmContrast.Prediction;
import org.whisker.ablation.ModelVariant;
import org.whisker.ablation.Observation;
import org.whisker.ablation.Observer;
import org.whisker.classifier.Classifier;
import org.whisker.evolution.LogitSource;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;

/**
 * Whether a map tells what a pixel does in evolved images. That pixels lie where a map is high can
 * have any cause that follows the border as the map does, and runs share the places of their
 * network. So single black pixels of the images are moved to places drawn at random, and the logit
 * has to change as the map does.
 */
final class InPlace {
  /** Pixels moved in each image. */
  private static final int MOVES = 64;

  private static final double ALPHA = 0.05;

  private final Observer.Input input;
  private final double[] map;
  private final boolean withinRings;

  /**
   * Moves over the whole canvas or within rings.
   *
   * @param map row-major; higher predicts a lower logit of not-cat
   * @param withinRings whether pixels keep their distance from the border
   */
  InPlace(Observer.Input input, double[] map, boolean withinRings) {
    this.input = input;
    this.map = map;
    this.withinRings = withinRings;
  }

  /** The number of images that are scored for {@code images} evolved ones. */
  static long scored(int images) {
    return images * (MOVES + 1L);
  }

  /** The sums over the moves of an image. */
  private record Moves(double products, double ofMap, double ofLogit) {
    Optional<Double> share() {
      return ofMap == 0 ? Optional.empty() : Optional.of(products / ofMap);
    }

    /**
     * The correlation over an image's moves, about their common mean of 0, since a move and its
     * reverse are as likely.
     */
    Optional<Double> correlation() {
      return ofMap == 0
          ? Optional.empty()
          : Optional.of(ofLogit == 0 ? 0 : products / Math.sqrt(ofMap * ofLogit));
    }
  }

  /** The share of the map's difference by which the logit changes, for a map that is in logits. */
  Observation.Uncorrected share(String name, List<BlackPixels> images, double margin) {
    return draft(
        name,
        "share of the map's difference",
        moves(images, name).stream().flatMap(m -> m.share().stream()).toList(),
        margin);
  }

  /** The correlation of the changes of the logit, towards cat, with those of the map. */
  Observation.Uncorrected correlation(String name, List<BlackPixels> images, double margin) {
    return draft(
        name,
        "correlation",
        moves(images, name).stream().flatMap(m -> m.correlation().stream()).toList(),
        margin);
  }

  /** Whether an effect is shown, and is at least {@code least}. */
  static boolean isFound(Observation.Uncorrected inPlace, double least) {
    return inPlace.effect() >= least && inPlace.p() <= ALPHA;
  }

  private Observation.Uncorrected draft(
      String name, String statistic, List<Double> values, double margin) {
    double[] each = values.stream().mapToDouble(Double::doubleValue).toArray();
    return Observation.Uncorrected.mean(
        name,
        "no change",
        statistic,
        Prediction.NOTHING,
        each,
        margin,
        input.control().runs().size() - each.length,
        input.random(name + " mean"));
  }

  private List<Moves> moves(List<BlackPixels> images, String name) {
    RandomGenerator random = input.random(name);
    List<Moves> moves = new ArrayList<>();
    try (Classifier network = input.model().open(new ModelVariant.AsStored())) {
      LogitSource scores = LogitSource.of(network, input.batch(), input.setting().base().tones());
      for (BlackPixels image : images) {
        input.check();
        moves.add(moves(image, scores, random));
      }
    }
    return moves;
  }

  private Moves moves(BlackPixels image, LogitSource scores, RandomGenerator random) {
    List<BlackPixels> moved = new ArrayList<>(List.of(image));
    double[] predicted = new double[MOVES + 1];
    for (int i = 1; i <= MOVES; i++) {
      int from = image.get(random.nextInt(image.count()));
      int to = place(image.canvas(), from, random);
      moved.add(image.contains(to) ? image : image.without(from).with(to));
      predicted[i] = image.contains(to) ? 0 : map[to] - map[from];
    }
    float[] logits = scores.exact().logits(moved);
    double[] gained =
        IntStream.range(0, logits.length).mapToDouble(i -> logits[0] - logits[i]).toArray();
    return new Moves(
        product(predicted, gained), product(predicted, predicted), product(gained, gained));
  }

  private int place(Canvas canvas, int from, RandomGenerator random) {
    int to = random.nextInt(map.length);
    while (withinRings && canvas.borderDistance(to) != canvas.borderDistance(from)) {
      to = random.nextInt(map.length);
    }
    return to;
  }

  private static double product(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> a[i] * b[i]).sum();
  }
}
