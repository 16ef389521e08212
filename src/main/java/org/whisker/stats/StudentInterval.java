package org.whisker.stats;

import java.util.List;

/**
 * Student's interval of a mean over runs. Used for many runs, where {@link Bootstrap} agrees with
 * it but is slow, and for tables of very many means, where it is accurate enough.
 */
public final class StudentInterval {
  private StudentInterval() {}

  /**
   * The mean of at least two runs.
   *
   * @param level nominal coverage, such as 0.95
   */
  public static Interval mean(double[] runs, double level) {
    Samples.checked("interval", runs, 2);
    Samples.checkedProbability("level", level);
    MeanContrast mean = MeanContrast.of(List.of(runs), 1);
    double half = mean.error() == 0 ? 0 : mean.studentQuantile(level) * mean.error();
    return new Interval(mean.estimate() - half, mean.estimate() + half, level);
  }
}
