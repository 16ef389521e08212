package org.whisker.feature.train;

import java.util.List;
import java.util.Locale;
import org.whisker.dataset.CachedPhoto;
import org.whisker.training.EpochOrder;

/** Whether an epoch shows as many cats as other photos, repeating those of the smaller class. */
public enum ClassBalance {
  /** If one class has {@value EpochOrder#UNEVEN} times the photos of the other. */
  AUTO,
  ON,
  OFF;

  /**
   * As users type it.
   *
   * @throws IllegalArgumentException for another word
   */
  public static ClassBalance parse(String label) {
    for (ClassBalance each : values()) {
      if (each.name().toLowerCase(Locale.ROOT).equals(label)) {
        return each;
      }
    }
    throw new IllegalArgumentException("--balance must be auto, on or off, was '" + label + "'");
  }

  /** Whether to balance these photos. */
  boolean balances(List<CachedPhoto> training) {
    return switch (this) {
      case ON -> true;
      case OFF -> false;
      case AUTO -> new EpochOrder(training, false).isUneven();
    };
  }
}
