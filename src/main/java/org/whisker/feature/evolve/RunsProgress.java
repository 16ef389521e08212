package org.whisker.feature.evolve;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.whisker.evolution.Evolution.GenerationStats;
import org.whisker.evolution.StopRules;
import org.whisker.feature.evolve.EvolveRunner.RunListener;
import org.whisker.image.BlackPixels;
import org.whisker.job.JobContext;
import org.whisker.job.JobListener.Progress;
import org.whisker.value.Text;

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
      progress.extraMessage(Text.of("%d of %d done, best p(target) %.3f", finished, left, best));
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

  /** Shows one run at a time. */
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

  /** Tells a job's listener how a run goes. For one thread. */
  public static final class RunProgress implements RunListener {
    private final JobContext context;
    private @Nullable Progress progress;
    private @Nullable RunSteps steps;
    private int pixelsAtFirst;

    public RunProgress(JobContext context) {
      this.context = context;
    }

    @Override
    public void note(String line) {
      context.warn(line);
    }

    @Override
    public void begin(int run, EvolvePlan plan) {
      steps = RunSteps.of(plan.options().stop());
      progress = context.progress(task(run, plan), steps.total());
    }

    private static String task(int run, EvolvePlan plan) {
      return "evolving run " + run + "/" + plan.runs();
    }

    @Override
    public void show(GenerationStats stats, BlackPixels best) {
      if (progress != null && steps != null) {
        progress.extraMessage(stats.inBrief());
        progress.stepTo(steps.done(stats));
      }
    }

    /** Goes over from the search to taking pixels away. */
    @Override
    public void minimizing(int run, EvolvePlan plan, int pixels) {
      end();
      pixelsAtFirst = pixels;
      progress = context.progress(task(run, plan) + " minimizing", pixels);
    }

    @Override
    public void left(int pixels) {
      if (progress != null) {
        progress.extraMessage(pixels + " pixels left");
        progress.stepTo(pixelsAtFirst - pixels);
      }
    }

    @Override
    public void end() {
      if (progress != null) {
        progress.close();
        progress = null;
      }
    }

    @Override
    public void tablesWritten(Path folder) throws IOException {
      context.listener().tablesWritten(folder);
    }
  }

  /**
   * What the progress of a run counts: scored images where their number ends it, else generations.
   */
  private record RunSteps(boolean evaluations, long total) {
    static RunSteps of(StopRules stop) {
      // a generation scores an image at least, so this budget is spent before that of generations
      boolean evaluations = stop.evaluations().orElse(Long.MAX_VALUE) <= stop.generations();
      return new RunSteps(
          evaluations, evaluations ? stop.evaluations().getAsLong() : stop.generations());
    }

    /** The steps that are done; the last generation may score more images than are asked for. */
    long done(GenerationStats stats) {
      return Math.min(total, evaluations ? stats.evaluations() : stats.generation());
    }
  }
}
