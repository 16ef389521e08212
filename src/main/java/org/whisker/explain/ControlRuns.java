package org.whisker.explain;

import java.util.OptionalDouble;

/**
 * The control arm of a model in short: the evolved cats.
 *
 * @param runs how many, failed ones included
 * @param cats how many of them reached p(cat) of ½
 * @param best the highest p(cat); empty when no run has one
 * @param white p(cat) of the empty canvas
 */
public record ControlRuns(
    String model, int runs, int cats, OptionalDouble best, OptionalDouble white) {
  public ControlRuns {
    if (cats < 0 || cats > runs) {
      throw new IllegalArgumentException(cats + " of " + runs + " runs of " + model + " succeed");
    }
  }
}
