package org.whisker.feature.evolve;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.LeaveOneOut;
import org.whisker.evolution.Evolution;
import org.whisker.evolution.Evolution.Ending;
import org.whisker.evolution.Evolution.GenerationStats;
import org.whisker.evolution.Evolution.RunResult;
import org.whisker.evolution.EvolutionRun;
import org.whisker.evolution.Minimizer;
import org.whisker.evolution.Minimizer.FloatingMinimizer;
import org.whisker.evolution.Objective.TargetClass;
import org.whisker.evolution.result.EvolvedImageFiles;
import org.whisker.evolution.result.RunSummary;
import org.whisker.feature.evolve.EvolvePlan.EvolveExtras;
import org.whisker.feature.evolve.EvolveRunner.RunListener;
import org.whisker.feature.evolve.RunRecorder.SavedRun;
import org.whisker.feature.evolve.SearchClassifiers.RunScores;
import org.whisker.feature.evolve.SingleRun.RunTiming.Stopwatch;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeRank;
import org.whisker.image.Region;
import org.whisker.job.CheckpointClock;
import org.whisker.job.InvalidRequestException;

/** Does one run of an experiment, from its start or its checkpoint, and records it. */
record SingleRun(
    EvolvePlan plan,
    Canvas canvas,
    RunScores scores,
    RunListener listener,
    RunTiming timing,
    BooleanSupplier stopped) {
  /**
   * Runs until the search or the time ends, or it is stopped, which leaves a checkpoint.
   *
   * @param number counted from 1
   */
  RunSummary run(int number, Path folder) throws IOException {
    Optional<SavedRun> saved = RunRecorder.saved(folder, plan, number, canvas, listener::note);
    Stopwatch watch = timing.watch(saved.map(SavedRun::nanos).orElse(0L));
    listener.begin(number, plan);
    try {
      return run(number, folder, saved, watch);
    } finally {
      listener.end();
    }
  }

  private RunSummary run(int number, Path folder, Optional<SavedRun> saved, Stopwatch watch)
      throws IOException {
    try (RunScores.Part part = scores.enter()) {
      Evolution evolution = new Evolution(plan.options(), canvas, part.source());
      EvolutionRun run =
          saved
              .map(SavedRun::search)
              .map(from -> evolution.resume(from.state(), from.cache()))
              .orElseGet(() -> evolution.begin(plan.seed(number)));
      try (RunRecorder recorder = recorder(folder, saved, run)) {
        Ending ending = go(run, recorder, watch);
        RunResult result = run.result(ending);
        part.leave(); // the others must not wait for what follows
        return end(number, run, result, recorder, watch);
      }
    }
  }

  private RunRecorder recorder(Path folder, Optional<SavedRun> saved, EvolutionRun run)
      throws IOException {
    if (saved.isPresent()) {
      return RunRecorder.resume(folder, plan, saved.get());
    }
    RunRecorder recorder = RunRecorder.begin(folder, plan, canvas);
    recorder.record(run.stats(), run.population().best().genome());
    return recorder;
  }

  private Ending go(EvolutionRun run, RunRecorder recorder, Stopwatch watch) throws IOException {
    CheckpointClock clock = timing.clock();
    int since = 0;
    Optional<Ending> ending = ending(run, watch);
    while (ending.isEmpty()) {
      if (++since >= timing.generations() || clock.isDue()) {
        recorder.checkpoint(run, watch.nanos());
        clock.kept();
        since = 0;
      }
      run.advance();
      GenerationStats stats = run.stats();
      BlackPixels best = run.population().best().genome();
      recorder.record(stats, best);
      listener.show(stats, best);
      ending = ending(run, watch);
    }
    return ending.get();
  }

  /** Records how it ended. One that is stopped while its image is minimized does that once more. */
  private RunSummary end(
      int number, EvolutionRun run, RunResult result, RunRecorder recorder, Stopwatch watch)
      throws IOException {
    scores.reporting().lock();
    try {
      return reported(number, run, result, recorder, watch);
    } finally {
      scores.reporting().unlock();
    }
  }

  private RunSummary reported(
      int number, EvolutionRun run, RunResult result, RunRecorder recorder, Stopwatch watch)
      throws IOException {
    Optional<Minimizer.Result> minimal = Optional.empty();
    boolean stoppedHere = result.ending() == Ending.STOPPED;
    if (!stoppedHere && plan.extras().minimized().isPresent()) {
      listener.minimizing(number, plan, result.blackPixels());
      minimal = minimized(result);
      stoppedHere = minimal.isEmpty() && stopped.getAsBoolean();
    }
    if (stoppedHere) {
      recorder.checkpoint(run, watch.nanos());
      RunResult paused = run.result(Ending.STOPPED);
      recorder.pause(paused);
      return RunSummary.of(number, paused);
    }
    record(recorder, EvolvedImageFiles.BEST, result.best().genome());
    if (minimal.isPresent()) {
      record(recorder, "minimal", minimal.get().image());
    }
    recorder.finish(listener);
    return RunSummary.of(number, result, minimal.map(this::numbers));
  }

  /** The image without what it can spare; empty when it misses the target, or when stopped. */
  private Optional<Minimizer.Result> minimized(RunResult run) {
    TargetClass wanted = plan.options().objective().target();
    EvolveExtras extras = plan.extras();
    Region region = plan.options().regions().at(canvas, run.generations());
    Minimizer.Result result =
        new FloatingMinimizer(
                scores.reported(),
                wanted,
                extras.minimized().orElseThrow(),
                extras.minimizeBudget())
            .minimize(run.best().genome(), region, listener::left, stopped);
    return result.minimal() ? Optional.of(result) : Optional.empty();
  }

  private RunSummary.Minimal numbers(Minimizer.Result result) {
    return new RunSummary.Minimal(
        result.image().count(),
        Classifier.catProbability(result.logit()),
        result.evaluations(),
        new EdgeRank(canvas).edgeIndex(result.image()));
  }

  private void record(RunRecorder recorder, String name, BlackPixels image) throws IOException {
    LeaveOneOut found = scores.reported().leaveOneOut(image);
    float[] values = new float[image.count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) found.added(i);
    }
    recorder.image(name, image, values);
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

  /**
   * The clock that evolution must not look at, and when checkpoints are due by it.
   *
   * @param generations between checkpoints, at least 1
   * @param seconds between checkpoints, where that is sooner; 0 to 1e9
   * @param nanoTime as {@link System#nanoTime}
   */
  record RunTiming(int generations, double seconds, LongSupplier nanoTime) {
    public RunTiming {
      InvalidRequestException.refuse(
          generations < 1, "--checkpoint-every must be at least 1, was " + generations);
      InvalidRequestException.refuse(
          !(seconds >= 0 && seconds <= 1e9),
          "--checkpoint-seconds must be 0 to 1e9, was " + seconds);
    }

    /** A checkpoint a minute. */
    public static RunTiming standard() {
      return new RunTiming(Integer.MAX_VALUE, CheckpointClock.SECONDS, System::nanoTime);
    }

    Stopwatch watch(long before) {
      return new Stopwatch(nanoTime, before);
    }

    CheckpointClock clock() {
      return new CheckpointClock(seconds, nanoTime);
    }

    /** Time that passes, on top of what had passed before. */
    public static final class Stopwatch {
      private final LongSupplier nanoTime;
      private final long start;

      public Stopwatch(LongSupplier nanoTime, long before) {
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong() - before;
      }

      public long nanos() {
        return nanoTime.getAsLong() - start;
      }
    }
  }
}
