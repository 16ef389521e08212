package org.whisker.feature.evolve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.LogitSource;
import org.whisker.feature.FolderCharts;
import org.whisker.feature.evolve.EvolvePlan.EvolveExtras;
import org.whisker.feature.evolve.EvolveRunner.RunListener;
import org.whisker.feature.evolve.SingleRun.RunTiming;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.io.FolderLock;
import org.whisker.random.SplitMix64;

/**
 * An experiment with a classifier of one line. As a program of its own it does, or goes on with,
 * the experiment in the folder that it is given, to be killed at any moment.
 */
public final class StubExperiment {
  public static final Canvas CANVAS = Canvas.square(24);

  private StubExperiment() {}

  /** Folder, runs, generations, generations between checkpoints. */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createDirectories(Path.of(args[0]));
    EvolvePlan plan = plan(Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    int every = Integer.parseInt(args[3]);
    FolderLock.holding(
        folder,
        () -> {
          go(folder, plan, StubExperiment::logits, () -> false, System::nanoTime, every);
          return 0;
        });
  }

  public static EvolvePlan plan(int runs, int generations) {
    EvolutionOptions options =
        EvolutionOptions.quick()
            .withGenetic(genetic -> genetic.withElites(2).withPopulation(20))
            .withStop(EvolutionOptions.quick().stop().withoutTarget())
            .withGenerations(generations)
            .withCacheCapacity(300); // so small that it forgets
    return new EvolvePlan(options, 1, runs, Optional.empty(), EvolveExtras.none());
  }

  /** Each pixel counts by a fixed weight, most of them towards not-cat. */
  public static float[] logits(List<BlackPixels> images) {
    float[] logits = new float[images.size()];
    for (int i = 0; i < logits.length; i++) {
      double logit = 4;
      for (int pixel : images.get(i).indices()) {
        logit += 0.2 * ((SplitMix64.mix(pixel + 1) >>> 11) * 0x1p-53 - 0.3);
      }
      logits[i] = (float) logit;
    }
    return logits;
  }

  /** Does what is left, with a checkpoint every 100 generations; what was said. */
  static String go(
      Path folder,
      EvolvePlan plan,
      LogitSource source,
      BooleanSupplier stopped,
      LongSupplier nanoTime)
      throws IOException {
    return go(folder, plan, source, stopped, nanoTime, 100);
  }

  /** Does what is left; what was said, a line each. */
  static String go(
      Path folder,
      EvolvePlan plan,
      LogitSource source,
      BooleanSupplier stopped,
      LongSupplier nanoTime,
      int every)
      throws IOException {
    Notes notes = new Notes();
    RunTiming timing = new RunTiming(every, 30, nanoTime);
    new EvolveRunner(folder, plan).run(CANVAS, source, notes, timing, stopped);
    return notes.text.toString();
  }

  /** Keeps what was said, and draws the charts of each run. */
  private static final class Notes implements RunListener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public void note(String line) {
      text.append("whisker: ").append(line).append(System.lineSeparator());
    }

    @Override
    public void tablesWritten(Path folder) throws IOException {
      FolderCharts.draw(folder);
    }
  }
}
