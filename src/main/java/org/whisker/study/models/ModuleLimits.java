package org.whisker.study.models;

import java.time.Duration;

/**
 * What a TorchScript module may do when it is imported.
 *
 * @param trusted whether its code may use operators that are not tensor mathematics
 * @param timeout how long its code may run, above 0
 */
public record ModuleLimits(boolean trusted, Duration timeout) {
  /** Seconds that a module's code may run unless asked otherwise. */
  public static final int SECONDS = 300;

  public ModuleLimits {
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("--timeout must be above 0 s");
    }
  }
}
