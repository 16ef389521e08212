package org.whisker.stats;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import org.whisker.value.Checks;

/**
 * Shaffer's (1986) modification of {@link Holm}'s correction, for hypotheses each of which has a
 * test for a difference and one for equivalence. "There is no difference" and "the difference is at
 * least the margin" exclude each other, so of the null hypotheses of m pairs and s single tests at
 * most m + s are true at once, and at most as many as are not yet rejected. The multiplier of the
 * j-th smallest of the 2m + s p-values is the smaller of both: min(m + s, 2m + s − j + 1). Testing
 * for equivalence beside the difference therefore costs nothing at the first step.
 */
public final class Shaffer {
  private Shaffer() {}

  /**
   * The p-values of one hypothesis.
   *
   * @param difference p-value of the test for a difference, 0 to 1
   * @param equivalence p-value of the test for equivalence, 0 to 1; empty where there is none
   */
  public record Tests(double difference, OptionalDouble equivalence) {
    public Tests {
      checked(difference);
      equivalence.ifPresent(Shaffer::checked);
    }
  }

  /** A p-value with the index of its hypothesis. */
  private record Ranked(double p, int hypothesis, boolean ofEquivalence) {}

  /**
   * The adjusted p-values of both tests, in the order given: comparing each with alpha keeps the
   * probability of any false rejection at most alpha, whatever the dependence between the tests.
   */
  public static List<Tests> adjust(List<Tests> hypotheses) {
    List<Ranked> ranked = ranked(hypotheses);
    double[] difference = new double[hypotheses.size()];
    double[] equivalence = new double[hypotheses.size()];
    double highest = 0;
    for (int rejected = 0; rejected < ranked.size(); rejected++) {
      Ranked next = ranked.get(rejected);
      int possiblyTrue = Math.min(hypotheses.size(), ranked.size() - rejected);
      highest = Math.max(highest, Math.min(1, possiblyTrue * next.p));
      (next.ofEquivalence ? equivalence : difference)[next.hypothesis] = highest;
    }
    List<Tests> adjusted = new ArrayList<>();
    for (int i = 0; i < difference.length; i++) {
      boolean both = hypotheses.get(i).equivalence.isPresent();
      adjusted.add(
          new Tests(
              difference[i], both ? OptionalDouble.of(equivalence[i]) : OptionalDouble.empty()));
    }
    return adjusted;
  }

  private static List<Ranked> ranked(List<Tests> hypotheses) {
    List<Ranked> ranked = new ArrayList<>();
    for (int i = 0; i < hypotheses.size(); i++) {
      Tests tests = hypotheses.get(i);
      ranked.add(new Ranked(tests.difference, i, false));
      if (tests.equivalence.isPresent()) {
        ranked.add(new Ranked(tests.equivalence.getAsDouble(), i, true));
      }
    }
    ranked.sort(Comparator.comparingDouble(Ranked::p));
    return ranked;
  }

  private static void checked(double p) {
    Checks.require(p >= 0 && p <= 1, "p must be from 0 to 1, was %s", p);
  }
}
