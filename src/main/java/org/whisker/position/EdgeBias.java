package org.whisker.position;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.whisker.image.BlackPixels;
import org.whisker.image.EdgeRank;
import org.whisker.stats.SignFlipTest;
import org.whisker.stats.TestResult.Alternative;

/**
 * Whether black pixels prefer the edge: the mean over runs of the {@linkplain
 * EdgeRank#edgeIndex(BlackPixels) edge index}, against ½. The run is the unit, never the pixel.
 *
 * @param edgeIndex ½ is no bias, lower is edge bias, higher is centre bias
 * @param ciLow of the 95 % interval, within 0 to 1 ({@link org.whisker.stats.BoundedInterval} below
 *     1,000 runs, else Student's, cut there); empty where a model has a single run
 * @param ciHigh likewise
 * @param pValue two-sided, by sign flips; six runs are the fewest that can reach 0.05
 * @param runs number of runs with a black pixel, which enter the mean
 * @param whiteRuns number of runs without one, which have no edge index
 */
public record EdgeBias(
    double edgeIndex,
    OptionalDouble ciLow,
    OptionalDouble ciHigh,
    double pValue,
    int runs,
    int whiteRuns) {
  private static final int MOST_DRAWS = 9_999;
  private static final int FEWEST_DRAWS = 999;
  private static final int MOST_FLIPS = 20_000_000;
  private static final double NO_BIAS = 0.5;

  public EdgeBias {
    if (!(edgeIndex >= 0 && edgeIndex <= 1)) {
      throw new IllegalArgumentException("edge index must be from 0 to 1, was " + edgeIndex);
    }
    if (!(pValue > 0 && pValue <= 1)) {
      throw new IllegalArgumentException("p must be above 0 and at most 1, was " + pValue);
    }
    if (runs < 1 || whiteRuns < 0) {
      throw new IllegalArgumentException("runs " + runs + ", white runs " + whiteRuns);
    }
  }

  /**
   * Over the runs of one model.
   *
   * @param runs the final image of each
   * @throws IllegalArgumentException if no run has a black pixel
   */
  public static EdgeBias of(List<BlackPixels> runs, RandomGenerator random) {
    double[] indices = edgeIndices(runs);
    if (indices.length == 0) {
      throw new IllegalArgumentException("none of " + runs.size() + " runs has a black pixel");
    }
    double[] deviations = Arrays.stream(indices).map(index -> index - NO_BIAS).toArray();
    double deviation = Arrays.stream(deviations).sum() / deviations.length;
    int draws = Math.max(FEWEST_DRAWS, Math.min(MOST_DRAWS, MOST_FLIPS / deviations.length));
    double p = SignFlipTest.of(deviations, 0, Alternative.TWO_SIDED, draws, random).p();
    RunMean mean = RunMean.ofShares(indices, random);
    return new EdgeBias(
        NO_BIAS + deviation,
        clipped(mean.low()),
        clipped(mean.high()),
        p,
        indices.length,
        runs.size() - indices.length);
  }

  /** The edge index of each run that has a black pixel, in their order. */
  public static double[] edgeIndices(List<BlackPixels> runs) {
    return runs.stream()
        .map(run -> new EdgeRank(run.canvas()).edgeIndex(run))
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .toArray();
  }

  private static OptionalDouble clipped(OptionalDouble end) {
    return end.isPresent() ? OptionalDouble.of(Math.min(1, Math.max(0, end.getAsDouble()))) : end;
  }
}
