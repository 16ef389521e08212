package org.whisker.job;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.whisker.job.JobListener.Progress;
import org.whisker.table.ChartRequest;

/**
 * What a job is given by whoever runs it.
 *
 * @param home where models, analyses, reports and the cache lie
 * @param clock the time that folders are named by and manifests hold
 * @param listener is told how the job goes
 * @param stop asks the job to end early
 * @param asked what asked for it, for its manifest
 */
public record JobContext(
    WhiskerHome home, Clock clock, JobListener listener, StopSignal stop, Asked asked) {
  /** The context that a program gives, with the usual charts. */
  public JobContext(WhiskerHome home, Clock clock, JobListener listener, StopSignal stop) {
    this(home, clock, listener, stop, Asked.byProgram());
  }

  /** Shows progress of a task, see {@link JobListener#begin}. */
  public Progress progress(String task, long total) {
    return listener.begin(task, total);
  }

  /** Tells the listener, see {@link JobListener#note}. */
  public void note(String line) {
    listener.note(line);
  }

  /** Tells the listener, see {@link JobListener#warn}. */
  public void warn(String line) {
    listener.warn(line);
  }

  /** A copy that draws charts of another kind. */
  public JobContext with(Asked other) {
    return new JobContext(home, clock, listener, stop, other);
  }

  /** A copy that tells another listener. */
  public JobContext with(JobListener other) {
    return new JobContext(home, clock, other, stop, asked);
  }

  /** How a job is asked to stop. */
  @FunctionalInterface
  public interface StopSignal {
    /**
     * Called by a job once it can keep what is done.
     *
     * @return becomes true when the job is to finish its present step and end
     */
    BooleanSupplier listen();

    /** A job that nobody stops. */
    static StopSignal never() {
      return () -> () -> false;
    }
  }

  /**
   * The words that asked for a job, and how its charts are to be drawn: what changes no result, and
   * stands in its manifest.
   *
   * @param arguments the arguments of the command line, without the command, where to write, and
   *     how much to say; empty where a program asks
   */
  public record Asked(List<String> arguments, ChartRequest charts) {
    public Asked {
      arguments = List.copyOf(arguments);
    }

    /** A job that a program asked for, with the usual charts. */
    public static Asked byProgram() {
      return new Asked(List.of(), ChartRequest.standard());
    }
  }

  /**
   * The folder that holds {@code models/}, {@code analyses/}, {@code reports/} and {@code cache/}.
   *
   * @param folder the folder itself
   */
  public record WhiskerHome(Path folder) {
    /** The launcher sets this system property. */
    public static final String PROPERTY = "whisker.home";

    /** And passes this variable on; where something else starts whisker, it alone is there. */
    public static final String VARIABLE = "WHISKER_HOME";

    /** The folder called {@code home}; without one, the working directory. */
    public static WhiskerHome of(@Nullable String home) {
      return new WhiskerHome(Path.of(home == null ? "" : home));
    }

    public Path models() {
      return folder.resolve("models");
    }

    public Path analyses() {
      return folder.resolve("analyses");
    }

    public Path reports() {
      return folder.resolve("reports");
    }

    /** What commands may do again at the cost of time alone. */
    public Path cache() {
      return folder.resolve("cache");
    }
  }
}
