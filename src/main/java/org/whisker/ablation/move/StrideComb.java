package org.whisker.ablation.move;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.whisker.stats.Bootstrap;
import org.whisker.stats.EffectSize;
import org.whisker.stats.Estimate;
import org.whisker.stats.Holm;
import org.whisker.stats.SignFlipTest;
import org.whisker.stats.TestResult.Alternative;

/**
 * The control of moved patterns: up to border effects, a convolutional network is equivariant to
 * shifts by multiples of its stride. So these should lose less than shifts by one pixel more or
 * less (Zhang 2019, arXiv 1904.11486; Kayhan and van Gemert 2020, arXiv 2003.07064).
 *
 * @param modulus 2, 4, 8, …: the stride tested
 * @param multiples number of its multiples among the steps
 * @param difference Δlogit at a multiple minus the mean of its two neighbours, averaged over
 *     images; below 0, multiples lose less; null for a single image
 * @param p two-sided, by sign flips over images
 * @param pHolm p after Holm's correction over all moduli
 */
public record StrideComb(
    int modulus, int multiples, @Nullable Estimate difference, double p, double pHolm) {
  private static final int DRAWS = 9_999;
  private static final int FEWEST = 2;

  /**
   * The comb test for each power of two, from 2 to the network's total stride, that has a multiple
   * with both neighbours among the steps.
   */
  public static List<StrideComb> of(MovedPatterns patterns, int stride, RandomGenerator random) {
    Map<Double, List<Integer>> steps = MoveCurve.steps(patterns, "roll");
    List<StrideComb> combs = new ArrayList<>();
    for (int modulus = 2; modulus <= stride; modulus *= 2) {
      int each = modulus;
      List<Double> multiples =
          steps.keySet().stream()
              .filter(s -> s % each == 0 && steps.containsKey(s - 1) && steps.containsKey(s + 1))
              .toList();
      if (!multiples.isEmpty()) {
        combs.add(comb(patterns, steps, modulus, multiples, random));
      }
    }
    return corrected(combs);
  }

  private static StrideComb comb(
      MovedPatterns patterns,
      Map<Double, List<Integer>> steps,
      int modulus,
      List<Double> multiples,
      RandomGenerator random) {
    double[] at = new double[patterns.images()];
    double[] beside = new double[at.length];
    for (double step : multiples) {
      double[] here = MoveCurve.deltas(patterns, moves(steps, step));
      double[] below = MoveCurve.deltas(patterns, moves(steps, step - 1));
      double[] above = MoveCurve.deltas(patterns, moves(steps, step + 1));
      for (int i = 0; i < at.length; i++) {
        at[i] += here[i] / multiples.size();
        beside[i] += (below[i] + above[i]) / 2 / multiples.size();
      }
    }
    if (at.length < FEWEST) {
      return new StrideComb(modulus, multiples.size(), null, 1, 1);
    }
    Estimate difference = EffectSize.pairedDifference(at, beside, Bootstrap.standard(), random);
    double[] differences =
        IntStream.range(0, at.length).mapToDouble(i -> at[i] - beside[i]).toArray();
    double p = SignFlipTest.of(differences, 0, Alternative.TWO_SIDED, DRAWS, random).p();
    return new StrideComb(modulus, multiples.size(), difference, p, p);
  }

  private static List<Integer> moves(Map<Double, List<Integer>> steps, double step) {
    return steps.getOrDefault(step, List.of());
  }

  private static List<StrideComb> corrected(List<StrideComb> combs) {
    double[] corrected = Holm.adjust(combs.stream().mapToDouble(StrideComb::p).toArray());
    return IntStream.range(0, combs.size())
        .mapToObj(
            i -> {
              StrideComb c = combs.get(i);
              return new StrideComb(c.modulus, c.multiples, c.difference, c.p, corrected[i]);
            })
        .toList();
  }
}
