package org.whisker.stats;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The line of least squares through points.
 *
 * @param level its value at 0
 * @param slope 0 where all x are the same
 */
public record LineFit(double level, double slope) {
  /** Through these points, at least one. */
  public static LineFit of(double[] x, double[] y) {
    Samples.sameLength(x, y);
    double[] centred = Samples.minus(Samples.checked("line fit", x, 1), Samples.mean(x));
    double spread = squares(centred);
    double slope =
        spread == 0
            ? 0
            : IntStream.range(0, x.length).mapToDouble(i -> centred[i] * y[i]).sum() / spread;
    return new LineFit(Samples.mean(y) - slope * Samples.mean(x), slope);
  }

  /** Height of the line at {@code x}. */
  public double at(double x) {
    return level + slope * x;
  }

  /**
   * R²: the share of the variance of values that predictions explain; below 0 where their mean
   * predicts better; 0 where they do not vary.
   */
  public static double explained(double[] values, double[] predicted) {
    double total = squares(Samples.minus(values, Samples.mean(values)));
    return total == 0 ? 0 : 1 - squares(Samples.differences(values, predicted)) / total;
  }

  private static double squares(double[] values) {
    return Arrays.stream(values).map(v -> v * v).sum();
  }
}
