package org.whisker.hypothesis;

import java.util.Optional;
import org.whisker.planted.Plant;

/**
 * The planted classifiers on which a hypothesis is calibrated.
 *
 * @param none on which it is false; empty where a formula can't have that property
 * @param some on which it is true, weakly enough that its power can be less than 1
 */
public record NullAndEffect(Optional<Plant> none, Optional<Plant> some) {
  /** Both. */
  public static NullAndEffect of(Plant none, Plant some) {
    return new NullAndEffect(Optional.of(none), Optional.of(some));
  }

  /** Only one on which it is false. */
  public static NullAndEffect nullAlone(Plant none) {
    return new NullAndEffect(Optional.of(none), Optional.empty());
  }

  /** Not calibrated. */
  public static NullAndEffect neither() {
    return new NullAndEffect(Optional.empty(), Optional.empty());
  }
}
