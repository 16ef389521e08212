package org.whisker.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.LogitSource;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.random.SplitMix64;
import picocli.CommandLine;

/**
 * An experiment with a classifier of one line. As a program of its own it does, or goes on with,
 * the experiment in the folder that it is given, to be killed at any moment.
 */
final class StubExperiment {
  static final Canvas CANVAS = Canvas.square(24);

  private StubExperiment() {}

  /** Folder, runs, generations, then options of {@link CheckpointOptions}. */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createDirectories(Path.of(args[0]));
    EvolvePlan plan = plan(Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    String[] options = List.of(args).subList(3, args.length).toArray(String[]::new);
    FolderLock.holding(
        folder,
        () -> {
          go(folder, plan, StubExperiment::logits, () -> false, System::nanoTime, options);
          return 0;
        });
  }

  static EvolvePlan plan(int runs, int generations) {
    EvolutionOptions options =
        EvolutionOptions.quick()
            .withGenetic(genetic -> genetic.withElites(2).withPopulation(20))
            .withStop(EvolutionOptions.quick().stop().withoutTarget())
            .withGenerations(generations)
            .withCacheCapacity(300); // so small that it forgets
    return new EvolvePlan(options, 1, runs, Optional.empty(), EvolveExtras.none());
  }

  /** Each pixel counts by a fixed weight, most of them towards not-cat. */
  static float[] logits(List<BlackPixels> images) {
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

  /** Does what is left; what was said on standard error. */
  static String go(
      Path folder,
      EvolvePlan plan,
      LogitSource source,
      BooleanSupplier stopped,
      LongSupplier nanoTime,
      String... options)
      throws IOException {
    var err = new java.io.ByteArrayOutputStream();
    PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
    RunDisplay display = display(folder, stream, nanoTime, options);
    new EvolveRunner(folder, plan).run(CANVAS, source, display, stopped);
    return err.toString(StandardCharsets.UTF_8);
  }

  static RunDisplay display(
      Path folder, PrintStream stream, LongSupplier nanoTime, String... options) {
    CheckpointOptions checkpoints = new CheckpointOptions();
    new CommandLine(CommandLine.Model.CommandSpec.forAnnotatedObject(checkpoints))
        .parseArgs(options);
    return new RunDisplay(environment(folder, stream), new CommonOptions(), checkpoints, nanoTime);
  }

  private static Environment environment(Path home, PrintStream err) {
    Interrupts interrupts = new Interrupts(err, handler -> {}, () -> {});
    return new Environment(err, err, 0, new WhiskerHome(home), Clock.systemUTC(), interrupts);
  }
}
