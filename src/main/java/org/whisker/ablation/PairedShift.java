package org.whisker.ablation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.whisker.evolution.RunResult;
import org.whisker.stats.Alternative;
import org.whisker.stats.Bootstrap;
import org.whisker.stats.EffectSize;
import org.whisker.stats.Equivalence;
import org.whisker.stats.Estimate;
import org.whisker.stats.PermutationTest;
import org.whisker.stats.Summary;

/**
 * How an intervention moves the edge index: treatment less control, paired by seed. Above 0 the
 * pixels moved towards the centre.
 *
 * @param control edge index of each pair's control run
 * @param treated of its treated run
 * @param delta mean difference with its interval, over pairs
 * @param p two-sided, by sign flips of the pairs' differences
 * @param a12 Vargha and Delaney's: the chance that a treated run has the higher index
 * @param equivalence to no difference, within the margin
 * @param dropped pairs with a white image, which has no edge index
 */
public record PairedShift(
    List<Double> control,
    List<Double> treated,
    Estimate delta,
    double p,
    double a12,
    Equivalence equivalence,
    int dropped) {
  private static final int DRAWS = 9_999;
  private static final double NO_BIAS = 0.5;
  private static final int FEWEST = 2;

  public PairedShift {
    control = List.copyOf(control);
    treated = List.copyOf(treated);
  }

  /**
   * Compares runs of equal seeds, in their order.
   *
   * @return empty when fewer than two pairs have black pixels on both sides
   * @throws IllegalArgumentException when the seeds, or the numbers of runs, differ
   */
  public static Optional<PairedShift> of(
      List<RunResult> control, List<RunResult> treated, double margin, RandomGenerator random) {
    if (control.size() != treated.size()) {
      throw new IllegalArgumentException(
          control.size() + " control runs, " + treated.size() + " treated ones");
    }
    List<Double> a = new ArrayList<>();
    List<Double> b = new ArrayList<>();
    for (int i = 0; i < control.size(); i++) {
      if (control.get(i).seed() != treated.get(i).seed()) {
        throw new IllegalArgumentException(
            "pair " + i + " has seeds " + control.get(i).seed() + " and " + treated.get(i).seed());
      }
      OptionalDouble left = control.get(i).edgeIndex();
      OptionalDouble right = treated.get(i).edgeIndex();
      if (left.isPresent() && right.isPresent()) {
        a.add(left.getAsDouble());
        b.add(right.getAsDouble());
      }
    }
    if (a.size() < FEWEST) {
      return Optional.empty();
    }
    double[] before = a.stream().mapToDouble(Double::doubleValue).toArray();
    double[] after = b.stream().mapToDouble(Double::doubleValue).toArray();
    return Optional.of(
        new PairedShift(
            a,
            b,
            EffectSize.pairedDifference(after, before, Bootstrap.standard(), random),
            PermutationTest.paired(after, before, Alternative.TWO_SIDED, DRAWS, random).p(),
            EffectSize.a12(after, before),
            Equivalence.paired(after, before, margin),
            control.size() - a.size()));
  }

  /**
   * The share of the control's bias that is gone: 1 is all, below 0 it grew. Empty when the control
   * has no bias at all.
   */
  public OptionalDouble shareRemoved() {
    double before = Math.abs(mean(control) - NO_BIAS);
    double after = Math.abs(mean(treated) - NO_BIAS);
    return before == 0 ? OptionalDouble.empty() : OptionalDouble.of((before - after) / before);
  }

  private static double mean(List<Double> values) {
    return Summary.of(values.stream().mapToDouble(Double::doubleValue).toArray()).mean();
  }
}
