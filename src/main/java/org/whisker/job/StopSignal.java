package org.whisker.job;

import java.util.function.BooleanSupplier;

/** How a job is asked to stop. */
@FunctionalInterface
public interface StopSignal {
  /**
   * Called by a job once it can keep what is done.
   *
   * @return becomes true when the job is to finish its present step and end
   */
  BooleanSupplier listen();

  /** A job that nobody stops. */
  static StopSignal never() {
    return () -> () -> false;
  }
}
