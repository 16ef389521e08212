package org.whisker.sweep.work;

import java.io.IOException;
import org.whisker.classifier.Sha256;
import org.whisker.classifier.StoredModel;
import org.whisker.sweep.SweepTask;

/** Holds the models of a node against those that a sweep was planned with. */
final class StoredWeights {
  private StoredWeights() {}

  static void check(SweepTask task, StoredModel model) throws IOException {
    String here = model.card().weights().sha256();
    if (!here.equals(task.sha256())) {
      throw new IOException(
          "%s has other weights here (SHA-256 %s) than when the sweep was planned (%s); restore them, or plan again"
              .formatted(task.model(), Sha256.abbreviate(here), Sha256.abbreviate(task.sha256())));
    }
  }
}
