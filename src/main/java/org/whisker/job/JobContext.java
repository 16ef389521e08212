package org.whisker.job;

import java.time.Clock;

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
  /** One that a program gives, with the usual charts. */
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

  /** The same, for charts of another kind. */
  public JobContext with(Asked other) {
    return new JobContext(home, clock, listener, stop, other);
  }

  /** The same, for a listener of another kind. */
  public JobContext with(JobListener other) {
    return new JobContext(home, clock, other, stop, asked);
  }
}
