package org.whisker.position;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.whisker.position.PixelPair.Group;
import org.whisker.stats.Bootstrap;
import org.whisker.stats.EffectSize;
import org.whisker.stats.Estimate;
import org.whisker.stats.PermutationTest;
import org.whisker.stats.Samples.Summary;
import org.whisker.stats.SignFlipTest;
import org.whisker.stats.TestResult.Alternative;

/**
 * Interactions of sampled pairs, by group. The unit is the pair, and the inference is about all
 * such pairs on this picture and classifier only.
 *
 * @param groups edge, centre, mixed
 * @param strengthDifference mean |ε| of edge pairs minus that of the centre pairs matched to them
 * @param p of that difference, two-sided, by sign flips of the matched pairs' differences
 */
public record Interactions(List<OfGroup> groups, Estimate strengthDifference, double p) {
  private static final int DRAWS = 9_999;

  /**
   * The interactions of one group.
   *
   * @param pairs number of pairs
   * @param mean of ε, with its 95 % interval
   * @param p two-sided, by sign flips, of the hypothesis that the mean is 0
   * @param strength the mean of |ε|, with its 95 % interval
   * @param strengthOfOne the mean |Δlogit| of a single block of these pairs, for comparison
   */
  public record OfGroup(
      Group group, int pairs, Estimate mean, double p, Estimate strength, double strengthOfOne) {}

  public Interactions {
    groups = List.copyOf(groups);
  }

  /** Analyses pairs drawn by {@link PairProbe}: the i-th edge and centre pairs are matched. */
  public static Interactions of(List<PixelPair> pairs, RandomGenerator random) {
    List<OfGroup> groups = new ArrayList<>();
    for (Group group : Group.values()) {
      groups.add(group(group, of(group, pairs), random));
    }
    double[] edge = strengths(interactions(of(Group.EDGE, pairs)));
    double[] centre = strengths(interactions(of(Group.CENTRE, pairs)));
    return new Interactions(
        groups,
        EffectSize.pairedDifference(edge, centre, Bootstrap.standard(), random),
        PermutationTest.paired(edge, centre, Alternative.TWO_SIDED, DRAWS, random).p());
  }

  private static List<PixelPair> of(Group group, List<PixelPair> pairs) {
    return pairs.stream().filter(pair -> pair.group() == group).toList();
  }

  private static OfGroup group(Group group, List<PixelPair> pairs, RandomGenerator random) {
    double[] epsilon = interactions(pairs);
    double p = SignFlipTest.of(epsilon, 0, Alternative.TWO_SIDED, DRAWS, random).p();
    double one =
        pairs.stream()
            .mapToDouble(pair -> (Math.abs(pair.deltaA()) + Math.abs(pair.deltaB())) / 2)
            .average()
            .orElseThrow();
    return new OfGroup(
        group,
        pairs.size(),
        estimate(epsilon, random),
        p,
        estimate(strengths(epsilon), random),
        one);
  }

  private static double[] interactions(List<PixelPair> pairs) {
    return pairs.stream().mapToDouble(PixelPair::interaction).toArray();
  }

  private static double[] strengths(double[] epsilon) {
    double[] strengths = new double[epsilon.length];
    for (int i = 0; i < strengths.length; i++) {
      strengths[i] = Math.abs(epsilon[i]);
    }
    return strengths;
  }

  private static Estimate estimate(double[] values, RandomGenerator random) {
    return new Estimate(Summary.of(values).mean(), Bootstrap.standard().mean(values, random));
  }
}
