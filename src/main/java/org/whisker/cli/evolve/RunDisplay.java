package org.whisker.cli.evolve;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.whisker.cli.shared.CommonOptions;
import org.whisker.cli.shared.Environment;
import org.whisker.evolution.GenerationStats;
import org.whisker.image.BlackPixels;
import org.whisker.study.evolve.EvolvePlan;
import org.whisker.study.evolve.RunListener;
import org.whisker.study.evolve.RunProgress;

/** Shows how a run goes: its progress, and a small picture of the best image. */
final class RunDisplay implements RunListener {
  private final Environment environment;
  private final RunProgress progress;
  private final boolean previewed;
  private final LongSupplier nanoTime;
  private @Nullable Preview preview;

  /**
   * Begins to show nothing.
   *
   * @param previewed whether the picture is wanted
   */
  RunDisplay(
      Environment environment, CommonOptions common, boolean previewed, LongSupplier nanoTime) {
    this.environment = environment;
    this.progress = new RunProgress(environment.context(common));
    this.previewed = previewed && !common.quiet();
    this.nanoTime = nanoTime;
  }

  /** Says something in one line, whatever was asked not to be shown: it is no progress. */
  @Override
  public void note(String line) {
    progress.note(line);
  }

  @Override
  public void begin(int run, EvolvePlan plan) {
    progress.begin(run, plan);
    if (previewed && Preview.possible(environment)) {
      preview = new Preview(environment.err(), nanoTime);
    }
  }

  @Override
  public void show(GenerationStats stats, BlackPixels best) {
    progress.show(stats, best);
    if (preview != null) {
      preview.show(best);
    }
  }

  @Override
  public void minimizing(int run, EvolvePlan plan, int pixels) {
    closePreview();
    progress.minimizing(run, plan, pixels);
  }

  @Override
  public void left(int pixels) {
    progress.left(pixels);
  }

  @Override
  public void end() {
    closePreview();
    progress.end();
  }

  @Override
  public void tablesWritten(Path folder) throws IOException {
    progress.tablesWritten(folder);
  }

  private void closePreview() {
    if (preview != null) {
      preview.close();
      preview = null;
    }
  }
}
