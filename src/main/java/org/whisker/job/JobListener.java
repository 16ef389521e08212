package org.whisker.job;

import java.io.IOException;
import java.nio.file.Path;

/** Is told how a job goes. A job never prints; whoever runs it decides what is shown. */
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

  /** Something a user may want to know, in one line. */
  default void note(String line) {}

  /** Something a user must know, such as a run that failed, in one line. */
  default void warn(String line) {}

  /** A detail for who wants to follow a job closely, in one line. */
  default void detail(String line) {}

  /**
   * The tables of a part of the job lie in a folder, whole; charts of them can be drawn.
   *
   * @throws IOException when what the listener writes beside them can't be written
   */
  default void tablesWritten(Path folder) throws IOException {}

  /** One that shows nothing. */
  static JobListener silent() {
    return new JobListener() {};
  }
}
