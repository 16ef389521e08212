package org.whisker.job;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Receives the progress of a job. A job never prints; whoever runs it decides what is shown. */
public interface JobListener {
  /**
   * A task of the job begins.
   *
   * @param task what is done, in a word or two
   * @param total how many steps it has
   * @return is told how far it is; the job closes it
   */
  default Progress begin(String task, long total) {
    return Progress.silent();
  }

  /** Called with something a user may want to know, in one line. */
  default void note(String line) {}

  /** Called with something a user must know, such as a run that failed, in one line. */
  default void warn(String line) {}

  /** A detail for who wants to follow a job closely, in one line. */
  default void detail(String line) {}

  /**
   * The tables of a part of the job lie in a folder, whole; charts of them can be drawn.
   *
   * @throws IOException when what the listener writes beside them can't be written
   */
  default void tablesWritten(Path folder) throws IOException {}

  /**
   * The job runs a model.
   *
   * @param target the class that it is asked for; empty for cat
   */
  default void runs(String target) {}

  /** A listener that shows nothing. */
  static JobListener silent() {
    return new JobListener() {};
  }

  /** How far one task of a job is. For one thread. */
  public interface Progress extends AutoCloseable {
    /** {@code done} steps of the total are done. */
    void stepTo(long done);

    /** What to show beside the count, such as the best p(target). */
    void extraMessage(String message);

    @Override
    void close();

    /** Shows nothing. */
    static Progress silent() {
      return new Silent();
    }

    /** Shows nothing. */
    record Silent() implements Progress {
      @Override
      public void stepTo(long done) {}

      @Override
      public void extraMessage(String message) {}

      @Override
      public void close() {}
    }
  }

  /** Passes everything on to another listener; what it adds is for its implementations. */
  public interface ForwardingListener extends JobListener {
    /** The listener that receives everything. */
    JobListener to();

    @Override
    default Progress begin(String task, long total) {
      return to().begin(task, total);
    }

    @Override
    default void note(String line) {
      to().note(line);
    }

    @Override
    default void warn(String line) {
      to().warn(line);
    }

    @Override
    default void detail(String line) {
      to().detail(line);
    }

    @Override
    default void tablesWritten(Path folder) throws IOException {
      to().tablesWritten(folder);
    }

    @Override
    default void runs(String target) {
      to().runs(target);
    }
  }

  /** Progress of tasks that follow each other, each with a bar of its own. */
  public static final class StepProgress implements AutoCloseable {
    private final JobContext context;
    private String task = "";
    private @Nullable Progress bar;

    public StepProgress(JobContext context) {
      this.context = context;
    }

    /**
     * {@code done} of the task's {@code total} steps are done; another task ends the one before.
     */
    public void step(String task, long done, long total) {
      Progress current = bar;
      if (current == null || !task.equals(this.task)) {
        close();
        current = context.progress(task, total);
        bar = current;
        this.task = task;
      }
      current.stepTo(done);
    }

    @Override
    public void close() {
      if (bar != null) {
        bar.close();
        bar = null;
      }
    }
  }
}
