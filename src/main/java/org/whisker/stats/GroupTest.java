package org.whisker.stats;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Permutation test of whether several groups differ at all. The statistic is η², the share of the
 * variance that lies between the groups: 0 when all means are the same, 1 when nothing varies
 * within a group. It is above 0 by chance alone, by about (groups − 1) / (values − 1).
 */
public final class GroupTest {
  private static final double ROUNDING = 1e-12;

  private GroupTest() {}

  /**
   * Tests them: every division of all values into groups of these sizes is equally likely when the
   * groups have one distribution.
   *
   * @param groups at least two, none of them empty
   * @param draws divisions drawn
   * @return η², and p of one that is at least so large; p 1 when all values are the same
   */
  public static TestResult of(List<double[]> groups, int draws, RandomGenerator random) {
    TestResult.checkedDraws(draws);
    if (groups.size() < 2) {
      throw new IllegalArgumentException("needs at least two groups, has " + groups.size());
    }
    groups.forEach(group -> Samples.checked("group", group, 1));
    double[] pooled = groups.stream().flatMapToDouble(Arrays::stream).toArray();
    int[] sizes = groups.stream().mapToInt(group -> group.length).toArray();
    double[] centred = Samples.minus(pooled, Samples.mean(pooled));
    double total = 0;
    for (double value : centred) {
      total += value * value;
    }
    if (total == 0) {
      return TestResult.sampled(0, draws, draws);
    }
    double observed = between(centred, sizes) / total;
    long extreme = 0;
    for (int draw = 0; draw < draws; draw++) {
      Samples.shuffle(centred, random);
      extreme += between(centred, sizes) / total >= observed - ROUNDING ? 1 : 0;
    }
    return TestResult.sampled(observed, extreme, draws);
  }

  /** The sum of squares between groups that follow each other. */
  private static double between(double[] centred, int[] sizes) {
    double sum = 0;
    int from = 0;
    for (int size : sizes) {
      double group = 0;
      for (int i = from; i < from + size; i++) {
        group += centred[i];
      }
      sum += group * group / size;
      from += size;
    }
    return sum;
  }
}
