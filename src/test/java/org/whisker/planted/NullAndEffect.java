package org.whisker.planted;

import java.util.Optional;
import java.util.function.IntFunction;

/**
 * The planted classifiers on which a hypothesis is calibrated.
 *
 * @param none on which it is false; empty where a formula can't have that property
 * @param some on which it is true, weakly enough that its power can be less than 1
 * @param nulls the plant of each replicate on which it is false, where networks are the unit: what
 *     one network's places do by chance, all of its runs do
 */
record NullAndEffect(Optional<Plant> none, Optional<Plant> some, IntFunction<Plant> nulls) {
  /** Calibrates on a plant on which the hypothesis is false and one on which it is true. */
  static NullAndEffect of(Plant none, Plant some) {
    return new NullAndEffect(Optional.of(none), Optional.of(some), replicate -> none);
  }

  /** Calibrates on both, with another network for each replicate of the null. */
  static NullAndEffect ofNetworks(IntFunction<Plant> nulls, Plant some) {
    return new NullAndEffect(Optional.of(nulls.apply(0)), Optional.of(some), nulls);
  }

  /** Calibrates only on a plant on which the hypothesis is false. */
  static NullAndEffect nullAlone(Plant none) {
    return new NullAndEffect(Optional.of(none), Optional.empty(), replicate -> none);
  }

  /** Calibrates on no plant. */
  static NullAndEffect neither() {
    return new NullAndEffect(
        Optional.empty(),
        Optional.empty(),
        replicate -> {
          throw new IllegalStateException("there is no null plant");
        });
  }
}
