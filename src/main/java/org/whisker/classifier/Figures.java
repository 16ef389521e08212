package org.whisker.classifier;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;

/**
 * The performance of a model on its test photos; shares and probabilities are in [0, 1].
 *
 * @param photos number of photos
 * @param accuracy share of photos classified correctly
 * @param recallCat share of cats classified as cats
 * @param recallNotCat share of others classified as others
 * @param rocAuc probability that a cat has a higher p(cat) than another photo
 * @param accuracyByOrigin accuracy for each source of photos
 * @param whiteCatProbability p(cat) of the pure white picture
 */
public record Figures(
    int photos,
    double accuracy,
    double recallCat,
    double recallNotCat,
    double rocAuc,
    Map<String, Double> accuracyByOrigin,
    double whiteCatProbability) {
  public Figures {
    accuracyByOrigin = Collections.unmodifiableMap(new TreeMap<>(accuracyByOrigin));
    if (photos < 1) {
      throw new IllegalArgumentException("figures need photos: " + photos);
    }
    DoubleStream.concat(
            DoubleStream.of(accuracy, recallCat, recallNotCat, rocAuc, whiteCatProbability),
            accuracyByOrigin.values().stream().mapToDouble(Double::doubleValue))
        .forEach(Figures::requireShare);
  }

  /** The figures of an evaluation. */
  public static Figures of(Evaluation evaluation, double whiteCatProbability) {
    return new Figures(
        evaluation.confusion().total(),
        evaluation.accuracy(),
        evaluation.confusion().recallCat(),
        evaluation.confusion().recallNotCat(),
        evaluation.rocAuc(),
        evaluation.accuracyByOrigin(),
        whiteCatProbability);
  }

  /**
   * Whether a coin could have done as well: the mean of both recalls is not above ½ by more than
   * 1.96 standard errors of a coin, with half of the photos in each class.
   */
  public boolean isAtChance() {
    double coin = 0.5 / Math.sqrt(photos);
    return (recallCat + recallNotCat) / 2 <= 0.5 + 1.96 * coin;
  }

  private static void requireShare(double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException("a figure must be in [0, 1]: " + value);
    }
  }
}
