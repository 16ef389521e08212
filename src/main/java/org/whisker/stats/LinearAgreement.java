package org.whisker.stats;

import java.util.Arrays;
import java.util.Optional;

/**
 * How well predictions agree with measurements, position by position.
 *
 * @param places number of positions
 * @param spearman rank correlation: whether the order is right
 * @param pearson linear correlation
 * @param slope of the least-squares line of the measured on the predicted: 1 when the magnitude is
 *     right
 * @param intercept of that line, in the measurements' unit
 */
public record LinearAgreement(
    int places, double spearman, double pearson, double slope, double intercept) {

  /**
   * Compares them.
   *
   * @return empty for fewer than three pairs, or when one side is constant
   */
  public static Optional<LinearAgreement> of(double[] predicted, double[] measured) {
    Samples.sameLength(predicted, measured);
    if (predicted.length < 3 || constant(predicted) || constant(measured)) {
      return Optional.empty();
    }
    double r = Correlation.pearson(predicted, measured);
    double slope =
        r * Math.sqrt(Samples.variance(measured)) / Math.sqrt(Samples.variance(predicted));
    return Optional.of(
        new LinearAgreement(
            predicted.length,
            Correlation.spearman(predicted, measured),
            r,
            slope,
            Samples.mean(measured) - slope * Samples.mean(predicted)));
  }

  private static boolean constant(double[] x) {
    return Arrays.stream(x).allMatch(value -> value == x[0]);
  }
}
