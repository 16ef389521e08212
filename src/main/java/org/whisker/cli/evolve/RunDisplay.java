package org.whisker.cli.evolve;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.whisker.cli.shared.CommonOptions;
import org.whisker.cli.shared.ConsoleProgress;
import org.whisker.cli.shared.Environment;
import org.whisker.evolution.GenerationStats;
import org.whisker.evolution.StopRules;
import org.whisker.image.BlackPixels;
import org.whisker.study.Progress;
import org.whisker.study.evolve.EvolvePlan;
import org.whisker.study.evolve.RunListener;

/** Shows how a run goes. */
public final class RunDisplay implements RunListener {
  private final Environment environment;
  private final CommonOptions common;
  private final boolean previewed;
  private final LongSupplier nanoTime;
  private @Nullable Progress progress;
  private @Nullable Preview preview;
  private boolean byEvaluations;
  private int pixelsAtFirst;

  RunDisplay(
      Environment environment, CommonOptions common, boolean previewed, LongSupplier nanoTime) {
    this.environment = environment;
    this.common = common;
    this.previewed = previewed;
    this.nanoTime = nanoTime;
  }

  /** Says something in one line, whatever was asked not to be shown: it is no progress. */
  @Override
  public void note(String line) {
    environment.err().println("whisker: " + line);
  }

  @Override
  public void begin(int run, EvolvePlan plan) {
    String task = "run " + run + "/" + plan.runs();
    StopRules stop = plan.options().stop();
    // a generation scores an image at least, so this budget is spent before that of generations
    byEvaluations = stop.evaluations().orElse(Long.MAX_VALUE) <= stop.generations();
    long total = byEvaluations ? stop.evaluations().getAsLong() : stop.generations();
    progress = ConsoleProgress.start(environment, common, task, total);
    if (previewed && !common.quiet() && Preview.possible(environment)) {
      preview = new Preview(environment.err(), nanoTime);
    }
  }

  @Override
  public void show(GenerationStats stats, BlackPixels best) {
    if (progress != null) {
      progress.extraMessage(stats.inBrief());
      progress.stepTo(byEvaluations ? stats.evaluations() : stats.generation());
    }
    if (preview != null) {
      preview.show(best);
    }
  }

  /** Goes over from the search to taking pixels away. */
  @Override
  public void minimizing(int run, EvolvePlan plan, int pixels) {
    end();
    pixelsAtFirst = pixels;
    String task = "run " + run + "/" + plan.runs() + " minimizing";
    progress = ConsoleProgress.start(environment, common, task, pixels);
  }

  /** So many pixels are left. */
  @Override
  public void left(int pixels) {
    if (progress != null) {
      progress.extraMessage(pixels + " pixels left");
      progress.stepTo(pixelsAtFirst - pixels);
    }
  }

  @Override
  public void end() {
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
