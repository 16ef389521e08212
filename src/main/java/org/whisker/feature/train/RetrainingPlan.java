package org.whisker.feature.train;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How the networks of experiments are trained, where it differs from how their model was.
 *
 * @param epochs passes over the photos; empty: as many as the model's card tells, a tenth of it
 *     when training goes on from its weights
 * @param seed of an arm's first network; empty: the model's own
 * @param fromModel whether training goes on from the model's own weights
 */
public record RetrainingPlan(OptionalInt epochs, OptionalLong seed, boolean fromModel) {
  /** As the model was trained, from fresh weights. */
  public static RetrainingPlan standard() {
    return new RetrainingPlan(OptionalInt.empty(), OptionalLong.empty(), false);
  }
}
