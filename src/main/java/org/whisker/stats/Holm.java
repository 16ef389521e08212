package org.whisker.stats;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.whisker.value.Checks;

/** Holm's step-down correction (1979) for several hypotheses in one report. */
public final class Holm {
  private Holm() {}

  /**
   * The adjusted p-values, in the order given: comparing each with alpha keeps the probability of
   * any false rejection at most alpha, whatever the dependence between the tests.
   */
  public static double[] adjust(double... p) {
    for (double value : p) {
      Checks.require(value >= 0 && value <= 1, "p must be from 0 to 1, was %s", value);
    }
    List<Integer> order =
        IntStream.range(0, p.length).boxed().sorted(Comparator.comparingDouble(i -> p[i])).toList();
    double[] adjusted = new double[p.length];
    double highest = 0;
    for (int rank = 0; rank < p.length; rank++) {
      int i = order.get(rank);
      highest = Math.max(highest, Math.min(1, (p.length - rank) * p[i]));
      adjusted[i] = highest;
    }
    return adjusted;
  }
}
