package org.whisker.feature.evolve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.whisker.classifier.Sha256;
import org.whisker.evolution.Evolution.GenerationStats;
import org.whisker.evolution.LogitSource;
import org.whisker.evolution.result.RunSummary;
import org.whisker.feature.evolve.RunsProgress.RunProgress;
import org.whisker.feature.evolve.SearchClassifiers.RunScores;
import org.whisker.feature.evolve.SingleRun.RunTiming;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.io.JsonFile;
import org.whisker.job.ConfigJson;
import org.whisker.job.FailureMessage;
import org.whisker.job.JobContext;
import org.whisker.job.JobManifest.FileHashes;
import org.whisker.job.Leftovers;
import org.whisker.parallel.Crew;

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

  /** The folder in which an experiment keeps a run, counted from 1. */
  static Path folder(Path experiment, int run) {
    return experiment.resolve("runs").resolve(Integer.toString(run));
  }

  /**
   * Does what is left run by run, until {@code stopped}.
   *
   * @throws IOException when a file can't be written; that is no run's own failure
   */
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
    Crew.deal(remaining(), workers, stopped, (worker, run) -> one(worker, run, listener));
    RunSummary.TABLE.writeIn(folder, summaries());
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
      RunSummary.TABLE.writeIn(folder, summaries());
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

  /**
   * {@code finished.json} of a run, written after its other files and before its row in {@code
   * summary.csv}: which run it is, and hashes of all that it came to. Charts are not among them.
   */
  private record FinishedRun(
      int run, long seed, String summarySha256, SortedMap<String, String> files) {
    static final String FILE = "finished.json";

    private static final List<String> IMAGES = List.of("best.png", "minimal.png");

    /** Records a run whose files are whole. */
    static void write(Path own, RunSummary summary) throws IOException {
      FinishedRun run =
          new FinishedRun(
              summary.run(),
              summary.seed(),
              sha256(summary),
              FileHashes.of(own, results(own)).hashes());
      JsonFile.write(own.resolve(FILE), ConfigJson.write(run));
    }

    private static String sha256(RunSummary summary) {
      return Sha256.ofText(RunSummary.TABLE.line(summary));
    }

    private static List<Path> results(Path own) throws IOException {
      try (Stream<Path> files = Files.list(own)) {
        return files.filter(FinishedRun::isResult).toList();
      }
    }

    private static boolean isResult(Path file) {
      String name = String.valueOf(file.getFileName());
      return name.endsWith(".csv") || IMAGES.contains(name);
    }

    /**
     * What is wrong with a run that is finished according to the summary, in one line; empty when
     * its files are as they were written.
     */
    static Optional<String> trouble(Path own, RunSummary summary) throws IOException {
      Path file = own.resolve(FILE);
      if (!Files.isRegularFile(file)) {
        return Optional.of(file + " is missing");
      }
      List<String> troubles = new ArrayList<>();
      try {
        FinishedRun recorded = ConfigJson.read(JsonFile.read(file), FinishedRun.class, file);
        if (recorded.run != summary.run() || recorded.seed != summary.seed()) {
          troubles.add(own + " is the folder of another run");
        } else if (!recorded.summarySha256.equals(sha256(summary))) {
          troubles.add(own + " has another row in " + RunSummary.FILE + " than was written");
        }
        troubles.addAll(new FileHashes(recorded.files).changed(own));
      } catch (IOException e) {
        troubles.add(file + " can't be read");
      }
      return troubles.stream().findFirst();
    }
  }

  /** Receives the progress of a run. One listener is told of one run at a time. */
  interface RunListener {
    /** Called with something that a user must know, in one line. */
    default void note(String line) {}

    /**
     * A run begins, or goes on.
     *
     * @param run counted from 1
     */
    default void begin(int run, EvolvePlan plan) {}

    /** A generation is done; {@code best} is its fittest image. */
    default void show(GenerationStats stats, BlackPixels best) {}

    /**
     * The search is over, and pixels are taken away from the best image.
     *
     * @param pixels the number of pixels that it has
     */
    default void minimizing(int run, EvolvePlan plan, int pixels) {}

    default void left(int pixels) {}

    /**
     * The tables of a run lie in its folder, whole; charts of them can be drawn.
     *
     * @throws IOException when what the listener writes beside them can't be written
     */
    default void tablesWritten(Path folder) throws IOException {}

    /** The run has ended, or was stopped. */
    default void end() {}

    /** A listener that shows nothing. */
    static RunListener silent() {
      return new RunListener() {};
    }

    /** Gives the listeners of an experiment's runs. */
    @FunctionalInterface
    interface RunListeners {
      /**
       * Called once, before the runs.
       *
       * @param left runs that are left to do
       * @param together how many of them go at a time
       * @return makes a listener for each of those that go at a time, and one for what concerns all
       */
      Supplier<? extends RunListener> begin(EvolvePlan plan, int left, int together);

      /**
       * The context's listener: a task a run where one goes at a time, one task for all elsewhere.
       */
      static RunListeners of(JobContext context) {
        return (plan, left, together) ->
            together == 1
                ? () -> new RunProgress(context)
                : new RunsProgress(context, plan.options().stop(), left)::lane;
      }
    }
  }
}
