package org.whisker.cli;

import org.jspecify.annotations.Nullable;

/** Progress of tasks that follow each other, each with a bar of its own. */
final class StepProgress implements AutoCloseable {
  private final Environment environment;
  private final CommonOptions common;
  private String task = "";
  private @Nullable Progress bar;

  StepProgress(Environment environment, CommonOptions common) {
    this.environment = environment;
    this.common = common;
  }

  /** {@code done} of the task's {@code total} steps are done; another task ends the one before. */
  void step(String task, long done, long total) {
    Progress current = bar;
    if (current == null || !task.equals(this.task)) {
      close();
      current = Progress.start(environment, common, task, total);
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
