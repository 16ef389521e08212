package org.whisker.feature.sweep;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/** Does tasks of one kind, and keeps open what the next ones may need. */
public interface TaskRunner extends AutoCloseable {
  /** Takes results one after the other. */
  @FunctionalInterface
  interface Sink {
    void accept(TaskResult result) throws IOException;
  }

  /**
   * Does tasks that are alike. A task that fails by itself has a failed result; what is thrown is
   * for other reasons, such as a file that can't be read, and may be tried again.
   *
   * @param stopped polled from time to time
   * @param ended is given each result as it is there
   * @throws CancellationException when stopped
   */
  void run(List<SweepTask> tasks, BooleanSupplier stopped, Sink ended) throws IOException;

  @Override
  void close();
}
