package org.whisker.feature.explain;

import java.util.List;
import org.whisker.feature.ablate.StoredAblatedModel;
import org.whisker.job.JobContext;
import org.whisker.job.Progress;

/** How far the probes of several models are, each of all pixels; they may be under way together. */
final class Probing implements AutoCloseable {
  private final Progress progress;
  private final long[] done;

  Probing(JobContext context, List<StoredAblatedModel> models) {
    long pixels = models.stream().mapToLong(model -> model.canvas().pixels()).sum();
    this.progress = context.progress("one black pixel everywhere", pixels);
    this.done = new long[models.size()];
  }

  /** So many pixels of a model are done. */
  synchronized void reached(int model, long pixels) {
    done[model] = pixels;
    long sum = 0;
    for (long each : done) {
      sum += each;
    }
    progress.stepTo(sum);
  }

  @Override
  public void close() {
    progress.close();
  }
}
