package org.whisker.job;

import org.jspecify.annotations.Nullable;

/** Progress of tasks that follow each other, each with a bar of its own. */
public final class StepProgress implements AutoCloseable {
  private final JobContext context;
  private String task = "";
  private @Nullable Progress bar;

  public StepProgress(JobContext context) {
    this.context = context;
  }

  /** {@code done} of the task's {@code total} steps are done; another task ends the one before. */
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
