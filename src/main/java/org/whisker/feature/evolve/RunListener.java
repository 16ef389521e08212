package org.whisker.feature.evolve;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.whisker.evolution.Evolution.GenerationStats;
import org.whisker.feature.evolve.RunsProgress.RunProgress;
import org.whisker.image.BlackPixels;
import org.whisker.job.JobContext;

/** Receives the progress of a run. One listener is told of one run at a time. */
public interface RunListener {
  /** Called with something that a user must know, in one line. */
  default void note(String line) {}

  /**
   * A run begins, or goes on.
   *
   * @param run counted from 1
   */
  default void begin(int run, EvolvePlan plan) {}

  /** A generation is done; {@code best} is its fittest image. */
  default void show(GenerationStats stats, BlackPixels best) {}

  /**
   * The search is over, and pixels are taken away from the best image.
   *
   * @param pixels the number of pixels that it has
   */
  default void minimizing(int run, EvolvePlan plan, int pixels) {}

  /** Called with the number of pixels that are left. */
  default void left(int pixels) {}

  /**
   * The tables of a run lie in its folder, whole; charts of them can be drawn.
   *
   * @throws IOException when what the listener writes beside them can't be written
   */
  default void tablesWritten(Path folder) throws IOException {}

  /** The run has ended, or was stopped. */
  default void end() {}

  /** A listener that shows nothing. */
  static RunListener silent() {
    return new RunListener() {};
  }

  /** Gives the listeners of an experiment's runs. */
  @FunctionalInterface
  interface RunListeners {
    /**
     * Called once, before the runs.
     *
     * @param left runs that are left to do
     * @param together how many of them go at a time
     * @return makes a listener for each of those that go at a time, and one for what concerns all
     */
    Supplier<? extends RunListener> begin(EvolvePlan plan, int left, int together);

    /**
     * The context's listener: a task a run where one goes at a time, one task for all elsewhere.
     */
    static RunListeners of(JobContext context) {
      return (plan, left, together) ->
          together == 1
              ? () -> new RunProgress(context)
              : new RunsProgress(context, plan.options().stop(), left)::lane;
    }
  }
}
