package org.whisker.job;

import java.io.IOException;
import java.nio.file.Path;

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
}
