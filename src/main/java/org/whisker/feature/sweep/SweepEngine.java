package org.whisker.feature.sweep;

import java.io.IOException;
import java.util.Map;
import org.whisker.job.JobContext;

/**
 * Does a sweep on a cluster. Found by {@link java.util.ServiceLoader}, so that whisker needs none.
 */
public interface SweepEngine {
  /** The engine's name for people. */
  String name();

  /**
   * The variables that this process needs from its beginning, where tasks are done in it.
   *
   * @throws org.whisker.job.InvalidRequestException when it can't get them
   */
  Map<String, String> variables(EngineRequest request);

  /**
   * Does what is not done. Killed at any moment, it may be begun again.
   *
   * @throws IOException when nothing can be done any more
   */
  WorkResult run(EngineRequest request, JobContext context) throws IOException;
}
