package org.whisker.position;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.whisker.image.BlackPixels;
import org.whisker.image.EdgeRank;
import org.whisker.stats.Alternative;
import org.whisker.stats.Bootstrap;
import org.whisker.stats.Interval;
import org.whisker.stats.SignFlipTest;

/**
 * Whether black pixels prefer the edge: the mean over runs of the {@linkplain
 * EdgeRank#edgeIndex(BlackPixels) edge index}, against ½. The run is the unit, never the pixel.
 *
 * @param edgeIndex ½ is no bias, lower is edge bias, higher is centre bias
 * @param ciLow of the 95 % interval, by the bootstrap below 1,000 runs; empty where a model has a
 *     single run. The interval is symmetric about the mean and unbounded, so with few runs it could
 *     leave the range 0 to 1 of edge indices; such an end is moved to the bound, which loses no
 *     coverage.
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
    return ofBlocks(List.of(runs), random);
  }

  /**
   * Over several models, each a block with the same weight, whatever its number of runs and its
   * canvas. The interval applies to these models, not to others. A model whose runs are all white
   * does not enter the mean; its runs are counted as white.
   *
   * @param runsByModel the final images of each model's runs
   * @throws IllegalArgumentException if no run of any model has a black pixel
   */
  public static EdgeBias pooled(
      Map<String, List<BlackPixels>> runsByModel, RandomGenerator random) {
    return ofBlocks(List.copyOf(new TreeMap<>(runsByModel).values()), random);
  }

  /** The edge index of each run that has a black pixel, in their order. */
  public static double[] edgeIndices(List<BlackPixels> runs) {
    return runs.stream()
        .map(run -> new EdgeRank(run.canvas()).edgeIndex(run))
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .toArray();
  }

  private static EdgeBias ofBlocks(List<List<BlackPixels>> models, RandomGenerator random) {
    int all = models.stream().mapToInt(List::size).sum();
    List<double[]> blocks =
        models.stream().map(EdgeBias::edgeIndices).filter(block -> block.length > 0).toList();
    if (blocks.isEmpty()) {
      throw new IllegalArgumentException("none of " + all + " runs has a black pixel");
    }
    double[] weighted = weightedDeviations(blocks);
    double deviation = Arrays.stream(weighted).sum() / weighted.length;
    int draws = Math.max(FEWEST_DRAWS, Math.min(MOST_DRAWS, MOST_FLIPS / weighted.length));
    double p = SignFlipTest.of(weighted, 0, Alternative.TWO_SIDED, draws, random).p();
    OptionalDouble low = OptionalDouble.empty();
    OptionalDouble high = OptionalDouble.empty();
    if (blocks.size() == 1) {
      RunMean mean = RunMean.of(blocks.get(0), random);
      low = mean.low();
      high = mean.high();
    } else if (blocks.stream().allMatch(block -> block.length > 1)) {
      Interval interval = Bootstrap.standard().meanOfBlocks(blocks, random);
      low = OptionalDouble.of(interval.low());
      high = OptionalDouble.of(interval.high());
    }
    return new EdgeBias(
        NO_BIAS + deviation,
        clipped(low),
        clipped(high),
        p,
        weighted.length,
        all - weighted.length);
  }

  private static OptionalDouble clipped(OptionalDouble end) {
    return end.isPresent() ? OptionalDouble.of(Math.min(1, Math.max(0, end.getAsDouble()))) : end;
  }

  /** E − ½ of every run, scaled so that their mean is the mean of the block means. */
  private static double[] weightedDeviations(List<double[]> blocks) {
    int runs = blocks.stream().mapToInt(block -> block.length).sum();
    double[] weighted = new double[runs];
    int at = 0;
    for (double[] block : blocks) {
      double weight = (double) runs / (block.length * (double) blocks.size());
      for (double edgeIndex : block) {
        weighted[at++] = (edgeIndex - NO_BIAS) * weight;
      }
    }
    return weighted;
  }
}
