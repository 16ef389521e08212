package org.whisker.cli;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.whisker.evolution.GenerationStats;
import org.whisker.evolution.StopRules;
import org.whisker.image.BlackPixels;

/** Shows how a run goes, and holds the clock that evolution must not look at. */
final class RunDisplay {
  private final Environment environment;
  private final CommonOptions common;
  private final CheckpointOptions checkpoints;
  private final LongSupplier nanoTime;
  private @Nullable Progress progress;
  private @Nullable Preview preview;
  private boolean byEvaluations;
  private int pixelsAtFirst;

  RunDisplay(
      Environment environment,
      CommonOptions common,
      CheckpointOptions checkpoints,
      LongSupplier nanoTime) {
    this.environment = environment;
    this.common = common;
    this.checkpoints = checkpoints;
    this.nanoTime = nanoTime;
  }

  Stopwatch watch(long before) {
    return new Stopwatch(nanoTime, before);
  }

  Cadence cadence() {
    return checkpoints.cadence(nanoTime);
  }

  /** Says something in one line, whatever was asked not to be shown: it is no progress. */
  void note(String line) {
    environment.err().println("whisker: " + line);
  }

  void begin(int run, EvolvePlan plan) {
    String task = "run " + run + "/" + plan.runs();
    StopRules stop = plan.options().stop();
    // a generation scores an image at least, so this budget is spent before that of generations
    byEvaluations = stop.evaluations().orElse(Long.MAX_VALUE) <= stop.generations();
    long total = byEvaluations ? stop.evaluations().getAsLong() : stop.generations();
    progress = Progress.start(environment, common, task, total);
    if (checkpoints.preview() && !common.quiet() && Preview.possible(environment)) {
      preview = new Preview(environment.err(), nanoTime);
    }
  }

  void show(GenerationStats stats, BlackPixels best) {
    if (progress != null) {
      progress.extraMessage(stats.inBrief());
      progress.stepTo(byEvaluations ? stats.evaluations() : stats.generation());
    }
    if (preview != null) {
      preview.show(best);
    }
  }

  /** Goes over from the search to taking pixels away. */
  void minimizing(int run, EvolvePlan plan, int pixels) {
    end();
    pixelsAtFirst = pixels;
    String task = "run " + run + "/" + plan.runs() + " minimizing";
    progress = Progress.start(environment, common, task, pixels);
  }

  /** So many pixels are left. */
  void left(int pixels) {
    if (progress != null) {
      progress.extraMessage(pixels + " pixels left");
      progress.stepTo(pixelsAtFirst - pixels);
    }
  }

  void end() {
    if (preview != null) {
      preview.close();
      preview = null;
    }
    if (progress != null) {
      progress.close();
      progress = null;
    }
  }
}
