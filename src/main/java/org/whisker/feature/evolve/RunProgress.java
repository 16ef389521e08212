package org.whisker.feature.evolve;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.whisker.evolution.GenerationStats;
import org.whisker.image.BlackPixels;
import org.whisker.job.JobContext;
import org.whisker.job.Progress;

/** Tells a job's listener how a run goes. For one thread. */
public final class RunProgress implements RunListener {
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
