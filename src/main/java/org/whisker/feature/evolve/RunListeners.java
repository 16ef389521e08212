package org.whisker.feature.evolve;

import java.util.function.Supplier;
import org.whisker.job.JobContext;

/** Who is told of the runs of an experiment. */
@FunctionalInterface
public interface RunListeners {
  /**
   * Called once, before the runs.
   *
   * @param left runs that are left to do
   * @param together how many of them go at a time
   * @return makes a listener for each of those that go at a time, and one for what concerns all
   */
  Supplier<? extends RunListener> begin(EvolvePlan plan, int left, int together);

  /** The context's listener: a task a run where one goes at a time, one task for all elsewhere. */
  static RunListeners of(JobContext context) {
    return (plan, left, together) ->
        together == 1
            ? () -> new RunProgress(context)
            : new RunsProgress(context, plan.options().stop(), left)::lane;
  }
}
