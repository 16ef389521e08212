package org.whisker.feature.play;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * What a job is given: its number, whom to tell, and whether it was stopped.
 *
 * @param batch pictures scored per call
 */
record JobControl(long job, int batch, Consumer<JobEvent> listener, BooleanSupplier stopped) {
  static final String DONE = "done";
  static final String STOPPED = "stopped";

  void progress(long done, long total) {
    listener.accept(new JobEvent.Progress(job, done, total));
  }
}
