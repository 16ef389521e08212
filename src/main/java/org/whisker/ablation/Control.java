package org.whisker.ablation;

import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.whisker.stats.BoundedInterval;
import org.whisker.stats.Equivalence;
import org.whisker.stats.Estimate.Interval;
import org.whisker.stats.RunsNeeded;
import org.whisker.stats.Samples.Summary;
import org.whisker.stats.SignFlipTest;
import org.whisker.stats.TestResult.Alternative;

/**
 * A control of the whole pipeline from evolution to statistics: runs with a known expected edge
 * index, and whether it was recovered.
 *
 * @param name such as {@code edge} or {@code permuted vgg16-mini}
 * @param expected the true mean edge index; ½ in a negative control
 * @param edgeIndices one per run with a black pixel
 * @param whiteRuns number of runs without a black pixel
 * @param firstSeed run k, from 0, has the seed {@code firstSeed + k}
 * @param mean the mean of the edge indices
 * @param interval the interval of the mean, over runs, within 0 to 1
 * @param p two-sided, of the hypothesis that the mean is ½, by sign flips
 * @param equivalence the test that the mean equals the expected value within a margin
 * @param alpha level of both tests
 */
public record Control(
    String name,
    double expected,
    List<Double> edgeIndices,
    int whiteRuns,
    long firstSeed,
    double mean,
    Interval interval,
    double p,
    Equivalence equivalence,
    double alpha) {
  private static final double NO_BIAS = 0.5;
  private static final int DRAWS = 9_999;

  public Control {
    edgeIndices = List.copyOf(edgeIndices);
    if (!(expected >= 0 && expected <= 1)) {
      throw new IllegalArgumentException("an edge index is from 0 to 1, was " + expected);
    }
  }

  /**
   * Evaluates these runs.
   *
   * @throws IllegalArgumentException if fewer than two runs have a black pixel
   */
  static Control of(
      String name,
      double expected,
      List<Double> edgeIndices,
      int whiteRuns,
      long firstSeed,
      double margin,
      double alpha,
      RandomGenerator random) {
    if (edgeIndices.size() < 2) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "control %s: %d of %d runs have a black pixel, 2 are needed; give it more generations",
              name,
              edgeIndices.size(),
              edgeIndices.size() + whiteRuns));
    }
    double[] runs = edgeIndices.stream().mapToDouble(Double::doubleValue).toArray();
    return new Control(
        name,
        expected,
        edgeIndices,
        whiteRuns,
        firstSeed,
        Summary.of(runs).mean(),
        BoundedInterval.ofShares().mean(runs, random),
        SignFlipTest.of(runs, NO_BIAS, Alternative.TWO_SIDED, DRAWS, random).p(),
        Equivalence.oneSample(runs, expected, margin),
        alpha);
  }

  /** Whether this is a positive control, with a planted bias. */
  public boolean positive() {
    return expected != NO_BIAS;
  }

  /**
   * Whether the control passed. Negative: E is equivalent to ½ within the margin. Positive: E
   * differs significantly from ½ in the planted direction and is equivalent to the planted size.
   */
  public boolean passed() {
    boolean asExpected = equivalence.holds(alpha);
    boolean found = p <= alpha && (mean < NO_BIAS) == (expected < NO_BIAS);
    return asExpected && (found || !positive());
  }

  /** Estimated number of runs that would show the expected size; for a failed control. */
  public OptionalLong runsNeeded() {
    double[] runs = edgeIndices.stream().mapToDouble(Double::doubleValue).toArray();
    double sd = Summary.of(runs).sd().orElse(0);
    return passed() || sd == 0
        ? OptionalLong.empty()
        : OptionalLong.of(RunsNeeded.standard().forEquivalence(sd, equivalence.margin()));
  }
}
