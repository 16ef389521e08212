package org.whisker.feature.population;

import java.util.Optional;
import java.util.OptionalDouble;
import org.whisker.stats.Interval;

/**
 * An association before p is corrected.
 *
 * @param statistic see {@link AssociationRow}
 * @param values networks that it is over, of {@code networks} of the architecture
 * @param p empty when it is not tested
 * @param why it is not tested, as a verdict; empty when it is
 */
record Association(
    String architecture,
    PopulationOutcome outcome,
    String predictor,
    String statistic,
    int networks,
    int values,
    OptionalDouble value,
    Optional<Interval> interval,
    OptionalDouble p,
    String why) {
  static final String NO_CATS = "not enough cats";
  static final String TOO_FEW = "too few networks";
  static final String CONSTANT = "constant";
  static final String DESCRIBED = "described";

  boolean isTested() {
    return p.isPresent();
  }

  /** This without a test. */
  Association untested(String reason) {
    return new Association(
        architecture,
        outcome,
        predictor,
        statistic,
        networks,
        values,
        value,
        interval,
        OptionalDouble.empty(),
        reason);
  }

  AssociationRow row(OptionalDouble corrected, double alpha) {
    String verdict =
        corrected.isEmpty() ? why : corrected.getAsDouble() <= alpha ? "associated" : "undecided";
    return new AssociationRow(
        architecture,
        outcome.label(),
        predictor,
        statistic,
        networks,
        values,
        value,
        interval.map(i -> OptionalDouble.of(possible(i.low()))).orElse(OptionalDouble.empty()),
        interval.map(i -> OptionalDouble.of(possible(i.high()))).orElse(OptionalDouble.empty()),
        p,
        corrected,
        verdict);
  }

  /** Differences of values from 0 to 1 lie where correlations do. */
  private static double possible(double value) {
    return Math.max(-1, Math.min(1, value));
  }
}
