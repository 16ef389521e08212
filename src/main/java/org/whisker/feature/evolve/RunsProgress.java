package org.whisker.feature.evolve;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.whisker.evolution.GenerationStats;
import org.whisker.evolution.StopRules;
import org.whisker.image.BlackPixels;
import org.whisker.job.JobContext;
import org.whisker.job.Progress;

/**
 * Tells a job's listener how runs go of which several go at a time: one task for all of them. For
 * any thread; each run has a {@link #lane}.
 */
public final class RunsProgress {
  private final JobContext context;
  private final RunSteps steps;
  private final int left;
  private final Map<Integer, Long> done = new HashMap<>();
  private double best;
  private int begun;
  private int running;
  private int finished;
  private @Nullable Progress progress;

  /**
   * Begins to tell nothing.
   *
   * @param left runs that are left to do
   */
  public RunsProgress(JobContext context, StopRules stop, int left) {
    this.context = context;
    this.steps = RunSteps.of(stop);
    this.left = left;
  }

  /** A listener for one run at a time, which also takes what concerns all. */
  public RunListener lane() {
    return new Lane();
  }

  private synchronized void begin() {
    begun++;
    if (running++ == 0) {
      progress = context.progress("evolving " + left + " runs", left * steps.total());
    }
  }

  private synchronized void show(int run, GenerationStats stats) {
    done.put(run, steps.done(stats));
    best = Math.max(best, stats.bestCatProbability());
    if (done.size() == begun) {
      tell(); // before, a pace could not tell what resumed runs had done from what was done since
    }
  }

  private synchronized void finished(int run) {
    done.put(run, steps.total());
    finished++;
    tell();
  }

  private void tell() {
    if (progress != null) {
      progress.extraMessage(
          String.format(Locale.ROOT, "%d of %d done, best p(cat) %.3f", finished, left, best));
      progress.stepTo(done.values().stream().mapToLong(Long::longValue).sum());
    }
  }

  private synchronized void end(int run) {
    done.putIfAbsent(run, 0L); // it failed
    if (--running == 0 && progress != null) {
      progress.close();
      progress = null;
    }
  }

  /** One run at a time. */
  private final class Lane implements RunListener {
    private int run;

    @Override
    public void note(String line) {
      context.warn(line);
    }

    @Override
    public void begin(int run, EvolvePlan plan) {
      this.run = run;
      RunsProgress.this.begin();
    }

    @Override
    public void show(GenerationStats stats, BlackPixels best) {
      RunsProgress.this.show(run, stats);
    }

    @Override
    public void tablesWritten(Path folder) throws IOException {
      context.listener().tablesWritten(folder);
      finished(run);
    }

    @Override
    public void end() {
      RunsProgress.this.end(run);
    }
  }
}
