package org.whisker.feature.evolve;

import java.io.IOException;
import java.nio.file.Path;
import org.whisker.evolution.GenerationStats;
import org.whisker.image.BlackPixels;

/** Shows how a run goes: its progress, and while it searches a small picture of the best image. */
record RunDisplay(RunListener progress, BestPreview.Lane preview) implements RunListener {
  @Override
  public void note(String line) {
    progress.note(line);
  }

  @Override
  public void begin(int run, EvolvePlan plan) {
    progress.begin(run, plan);
  }

  @Override
  public void show(GenerationStats stats, BlackPixels best) {
    progress.show(stats, best);
    preview.show(stats.bestCatProbability(), best);
  }

  @Override
  public void minimizing(int run, EvolvePlan plan, int pixels) {
    preview.end();
    progress.minimizing(run, plan, pixels);
  }

  @Override
  public void left(int pixels) {
    progress.left(pixels);
  }

  @Override
  public void end() {
    preview.end();
    progress.end();
  }

  @Override
  public void tablesWritten(Path folder) throws IOException {
    progress.tablesWritten(folder);
  }
}
