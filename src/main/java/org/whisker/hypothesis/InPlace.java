package org.whisker.hypothesis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.whisker.ablation.ModelVariant;
import org.whisker.ablation.Observation;
import org.whisker.ablation.Observer;
import org.whisker.ablation.Prediction;
import org.whisker.classifier.Classifier;
import org.whisker.evolution.LogitSource;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.stats.Correlation.Ties;
import org.whisker.stats.PatternCorrelation;
import org.whisker.stats.RingRotation;
import org.whisker.stats.Samples.Summary;
import org.whisker.stats.TestResult.Alternative;

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
   * @param map row-major; higher predicts a lower logit against the target
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

  /** The correlation of the changes of the logit, towards the target, with those of the map. */
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

  /**
   * Equivalence margin of the correlation, fixed beforehand. The rank-biserial correlation with the
   * edge rank is 2 E − 1, so it corresponds to ±0.05 in E.
   */
  static final double MARGIN = 0.1;

  private static final int DRAWS = 9_999;
  private static final double ROUNDING = 1e-9;
  private static final double NEGLIGIBLE = 0.05;
  private static final double NEGLIGIBLE_DIFFERENCE = 1e-3;

  /** Whether a map is constant up to rounding, so that no correlation is defined. */
  static boolean isConstant(double[] map) {
    double most = DoubleStream.of(map).max().orElse(0);
    double least = DoubleStream.of(map).min().orElse(0);
    return most - least <= ROUNDING * Math.max(Math.abs(most), Math.abs(least));
  }

  /**
   * The rank-biserial correlation of black pixels with the map's values over the whole canvas,
   * averaged over runs; p from toroidal shifts of all patterns together, since runs share the
   * places of their network. If the map follows the border, it restates E.
   *
   * @param images each with black and white pixels
   * @param map row-major, not constant
   */
  static Observation.Uncorrected overall(
      String name,
      Prediction predicted,
      List<BlackPixels> images,
      double[] map,
      Observer.Input input) {
    double[] each =
        images.stream()
            .mapToDouble(
                image ->
                    PatternCorrelation.of(
                            List.of(image), map, Alternative.TWO_SIDED, 1, input.random("one"))
                        .statistic())
            .toArray();
    Observation.Uncorrected mean =
        mean(name, "all patterns shifted elsewhere", predicted, each, input);
    return images.size() < 2
        ? mean
        : mean.withP(
            PatternCorrelation.together(
                    images, map, Alternative.TWO_SIDED, DRAWS, input.random(name + " shifts"))
                .p());
  }

  /**
   * A map with the mean of each ring, the pixels at equal distance from the border, in its place:
   * what it predicts of edge and centre, and nothing else. It is constant where the rings hold less
   * than a twentieth of the map's variance: places in no order have as much.
   */
  static double[] ringMeans(Canvas canvas, double[] map) {
    int rings = (Math.min(canvas.width(), canvas.height()) + 1) / 2;
    double[] sums = new double[rings];
    int[] counts = new int[rings];
    for (int p = 0; p < map.length; p++) {
      sums[canvas.borderDistance(p)] += map[p];
      counts[canvas.borderDistance(p)]++;
    }
    double[] means =
        Ties.at(
            NEGLIGIBLE_DIFFERENCE * DoubleStream.of(map).map(Math::abs).max().orElse(0),
            IntStream.range(0, map.length)
                .map(canvas::borderDistance)
                .mapToDouble(ring -> sums[ring] / counts[ring])
                .toArray());
    return variance(means) < NEGLIGIBLE * variance(map) ? new double[map.length] : means;
  }

  private static double variance(double[] values) {
    return Summary.of(values).sd().orElse(0) * Summary.of(values).sd().orElse(0);
  }

  /**
   * The correlation among pixels at equal distance from the border, averaged over runs; p from
   * rotations of all patterns together along the rings ({@link RingRotation}). Positions alone are
   * no evidence of a cause, so it has no verdict.
   *
   * @param images each with a black pixel
   * @param rings the rings of a map that is not constant within all of them
   */
  static Observation.Uncorrected mapAgreementWithinRings(
      String name, List<BlackPixels> images, RingRotation rings, Observer.Input input) {
    double[] each = images.stream().mapToDouble(rings::statistic).toArray();
    Observation.Uncorrected mean =
        mean(name, "all patterns rotated along the border", Prediction.NOTHING, each, input);
    return images.size() < 2 ? mean : mean.withP(rings.test(images, Alternative.TWO_SIDED).p());
  }

  private static Observation.Uncorrected mean(
      String name, String against, Prediction predicted, double[] each, Observer.Input input) {
    return Observation.Uncorrected.mean(
            name,
            against,
            "rank correlation",
            predicted,
            each,
            MARGIN,
            input.unmarked(),
            input.random(name))
        .ofDifferences(each, input.random(name + " interval"));
  }
}
