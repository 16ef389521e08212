package org.whisker.feature.sweep;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.whisker.feature.sweep.SweepWorker.WorkResult;
import org.whisker.job.JobContext;

/**
 * Does a sweep on a cluster. Found by {@link java.util.ServiceLoader}, so that whisker needs none.
 */
public interface SweepEngine {
  /**
   * The variables that this process needs from its beginning, where tasks are done in it.
   *
   * @param master where the engine runs; empty: as it is set up
   * @throws org.whisker.job.InvalidRequestException when it can't get them
   */
  Map<String, String> variables(Numerics numerics, Optional<String> master);

  /**
   * Does what is not done. Killed at any moment, it may be begun again.
   *
   * @param folder the sweep's, which all nodes have under this path
   * @throws IOException when nothing can be done any more
   */
  WorkResult run(SweepFolder folder, Optional<String> master, JobContext context)
      throws IOException;
}
