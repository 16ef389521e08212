package org.whisker.feature.evolve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.whisker.evolution.LogitSource;
import org.whisker.evolution.result.RunSummary;
import org.whisker.image.Canvas;
import org.whisker.job.FailureMessage;
import org.whisker.job.Leftovers;
import org.whisker.job.WorkQueue;

/**
 * Does the runs of an experiment, one after another or some at once, in a folder of which it goes
 * on with whatever an earlier process left: {@code summary.csv} says which runs are finished,
 * checkpoints how far another was. A run that fails is written down as such, and the next one
 * begins.
 */
final class EvolveRunner {
  private final Path folder;
  private final EvolvePlan plan;
  private final ReentrantLock writing = new ReentrantLock();
  private final TreeMap<Integer, RunSummary> done = new TreeMap<>();
  private final TreeMap<Integer, String> changed = new TreeMap<>();

  /**
   * Reads what is there. A finished run whose files are no longer as they were written counts as
   * not begun, and the listener is told.
   *
   * @throws IOException naming the summary when it can't be read
   */
  public EvolveRunner(Path folder, EvolvePlan plan) throws IOException {
    this.folder = folder;
    this.plan = plan;
    for (RunSummary run : summaries(folder.resolve(RunSummary.FILE))) {
      Optional<String> trouble =
          run.isFinished() ? FinishedRun.trouble(own(run.run()), run) : Optional.empty();
      if (trouble.isPresent()) {
        changed.put(run.run(), trouble.get());
      } else {
        done.put(run.run(), run);
      }
    }
  }

  private static List<RunSummary> summaries(Path file) throws IOException {
    try {
      return Files.exists(file) ? RunSummary.TABLE.read(file) : List.of();
    } catch (IOException e) {
      throw new IOException(e.getMessage() + " (remove it, and all runs are done again)", e);
    }
  }

  /** Whether a run is left to do. */
  boolean isPending() {
    return !remaining().isEmpty();
  }

  /** The runs that are left to do, or failed and may be tried again, counted from 1. */
  List<Integer> remaining() {
    List<Integer> remaining = new ArrayList<>();
    for (int run = 1; run <= plan.runs(); run++) {
      RunSummary summary = done.get(run);
      if (summary == null || !summary.isFinished()) {
        remaining.add(run);
      }
    }
    return remaining;
  }

  /** {@code done}, {@code failed} where a run did, {@code stopped} where some are left to do. */
  public String status() {
    boolean failed = done.values().stream().anyMatch(RunSummary::isFailed);
    boolean all = done.size() == plan.runs();
    boolean stopped =
        !all || done.values().stream().anyMatch(r -> !r.isFailed() && !r.isFinished());
    return stopped ? "stopped" : failed ? "failed" : "done";
  }

  /** How each run that was begun ended, in their order. */
  public List<RunSummary> summaries() {
    return List.copyOf(done.values());
  }

  /** Removes what a process that was ended left of finished runs and half-written files. */
  void tidy() throws IOException {
    Leftovers.remove(folder);
    for (RunSummary run : done.values()) {
      if (run.isFinished()) {
        RunRecorder.forget(own(run.run()));
      }
    }
  }

  private Path own(int run) {
    return folder(folder, run);
  }

  /** Where an experiment keeps a run, counted from 1. */
  static Path folder(Path experiment, int run) {
    return experiment.resolve("runs").resolve(Integer.toString(run));
  }

  /** As below, all by one. */
  public void run(
      Canvas canvas,
      LogitSource source,
      RunListener listener,
      RunTiming timing,
      BooleanSupplier stopped)
      throws IOException {
    run(
        List.of(new SingleRun(plan, canvas, RunScores.of(source), listener, timing, stopped)),
        listener,
        stopped);
  }

  /**
   * Does what is left, until {@code stopped}.
   *
   * @param workers who runs are dealt out to; the files don't depend on how many
   * @throws IOException when a file can't be written; that is no run's own failure
   */
  public void run(List<SingleRun> workers, RunListener listener, BooleanSupplier stopped)
      throws IOException {
    tidy();
    changed.forEach((run, why) -> listener.note(why + "; doing run " + run + " again"));
    WorkQueue.deal(remaining(), workers, stopped, (worker, run) -> one(worker, run, listener));
    RunSummary.TABLE.write(folder.resolve(RunSummary.FILE), summaries());
  }

  private void one(SingleRun worker, int run, RunListener listener) throws IOException {
    Path own = own(run);
    RunSummary summary = summary(worker, run, own, listener);
    if (summary.isFinished()) {
      FinishedRun.write(own, summary);
    }
    writing.lock();
    try {
      done.put(run, summary);
      RunSummary.TABLE.write(folder.resolve(RunSummary.FILE), summaries());
    } finally {
      writing.unlock();
    }
    if (summary.isFinished()) {
      RunRecorder.forget(own); // only now: until the summary says so the run is not finished
    }
  }

  private RunSummary summary(SingleRun single, int run, Path own, RunListener listener)
      throws IOException {
    try {
      return single.run(run, own);
    } catch (RuntimeException e) {
      RunSummary failed = RunSummary.failed(run, plan.seed(run), FailureMessage.describe(e));
      listener.note("run " + run + " failed: " + failed.message());
      return failed;
    }
  }
}
