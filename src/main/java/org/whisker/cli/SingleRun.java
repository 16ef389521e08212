package org.whisker.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.whisker.evolution.Ending;
import org.whisker.evolution.Evolution;
import org.whisker.evolution.EvolutionRun;
import org.whisker.evolution.GenerationStats;
import org.whisker.evolution.LeaveOneOut;
import org.whisker.evolution.LogitSource;
import org.whisker.evolution.RunResult;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;

/** Does one run of an experiment, from its start or its checkpoint, and records it. */
final class SingleRun {
  private final EvolvePlan plan;
  private final Canvas canvas;
  private final LogitSource source;
  private final Evolution evolution;
  private final RunDisplay display;
  private final BooleanSupplier stopped;

  SingleRun(
      EvolvePlan plan,
      Canvas canvas,
      LogitSource source,
      RunDisplay display,
      BooleanSupplier stopped) {
    this.plan = plan;
    this.canvas = canvas;
    this.source = source;
    this.evolution = new Evolution(plan.options(), canvas, source);
    this.display = display;
    this.stopped = stopped;
  }

  /**
   * Runs until the search or the time ends, or it is stopped, which leaves a checkpoint.
   *
   * @param number counted from 1
   */
  RunResult run(int number, Path folder) throws IOException {
    Optional<SavedRun> saved =
        RunRecorder.saved(
            folder, canvas, plan.options().cacheCapacity(), plan.seed(number), display::note);
    Stopwatch watch = display.watch(saved.map(SavedRun::nanos).orElse(0L));
    EvolutionRun run =
        saved
            .map(SavedRun::search)
            .map(from -> evolution.resume(from.state(), from.cache()))
            .orElseGet(() -> evolution.begin(plan.seed(number)));
    display.begin(number, plan);
    try (RunRecorder recorder = recorder(folder, saved, run)) {
      return go(run, recorder, watch);
    } finally {
      display.end();
    }
  }

  private RunRecorder recorder(Path folder, Optional<SavedRun> saved, EvolutionRun run)
      throws IOException {
    if (saved.isPresent()) {
      return RunRecorder.resume(folder, saved.get());
    }
    RunRecorder recorder = RunRecorder.begin(folder, canvas);
    recorder.record(run.stats(), run.population().best().genome());
    return recorder;
  }

  private RunResult go(EvolutionRun run, RunRecorder recorder, Stopwatch watch) throws IOException {
    Cadence cadence = display.cadence();
    Optional<Ending> ending = ending(run, watch);
    while (ending.isEmpty()) {
      if (cadence.due()) {
        cadence.began();
        recorder.checkpoint(run, watch.nanos());
        cadence.ended();
      }
      run.advance();
      GenerationStats stats = run.stats();
      BlackPixels best = run.population().best().genome();
      recorder.record(stats, best);
      display.show(stats, best);
      ending = ending(run, watch);
    }
    RunResult result = run.result(ending.get());
    if (ending.get() == Ending.STOPPED) {
      recorder.checkpoint(run, watch.nanos());
      recorder.pause(result);
    } else {
      recorder.finish(result, LeaveOneOut.deltas(source, result.best().genome()));
    }
    return result;
  }

  private Optional<Ending> ending(EvolutionRun run, Stopwatch watch) {
    Optional<Ending> own = run.ending();
    if (own.isPresent()) {
      return own;
    }
    if (plan.time().isPresent() && watch.nanos() >= plan.time().get().toNanos()) {
      return Optional.of(Ending.TIME);
    }
    return stopped.getAsBoolean() ? Optional.of(Ending.STOPPED) : Optional.empty();
  }
}
