package org.whisker.feature.boundary;

import java.io.IOException;
import java.util.function.Consumer;
import org.whisker.job.FailureMessage;
import org.whisker.job.JobContext;

/** Inputs that can't be read: the listener is warned of each, and the job goes on without it. */
final class UnreadInputs implements Consumer<IOException> {
  private final JobContext context;
  private int count;

  UnreadInputs(JobContext context) {
    this.context = context;
  }

  @Override
  public void accept(IOException e) {
    count++;
    context.warn(FailureMessage.oneLine(FailureMessage.of(e)));
  }

  int count() {
    return count;
  }
}
