package org.whisker.feature.sweep;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.Sha256;
import org.whisker.classifier.StoredModel;
import org.whisker.job.JobContext.WhiskerHome;
import org.whisker.job.ModelConfig.Models;

/**
 * The models that a process runs tasks on: each is opened once, by its name and the hash of its
 * weights, and held against that. The weights are mapped from the file; who scores loads them to
 * its device. For several threads.
 */
public final class OpenModels {
  private final Source source;
  private final Map<String, StoredModel> known = new HashMap<>();

  @FunctionalInterface
  public interface Source {
    /** Opens the model of a task, its weights checked against its card. */
    StoredModel open(SweepTask task) throws IOException;
  }

  public OpenModels(Source source) {
    this.source = source;
  }

  public static OpenModels stored(WhiskerHome home) {
    ModelStore store = new ModelStore(home.models());
    return new OpenModels(task -> Models.open(store, task.model()));
  }

  /**
   * The model of a task.
   *
   * @throws IOException when it has other weights than when the sweep was planned
   */
  public synchronized StoredModel of(SweepTask task) throws IOException {
    String key = task.model() + " " + task.sha256(); // weights alone have several cards
    StoredModel model = known.get(key);
    if (model == null) {
      model = source.open(task);
      check(task, model);
      known.put(key, model);
    }
    return model;
  }

  private static void check(SweepTask task, StoredModel model) throws IOException {
    String here = model.card().weights().sha256();
    if (!here.equals(task.sha256())) {
      throw new IOException(
          "%s has other weights here (SHA-256 %s) than when the sweep was planned (%s); restore them, or plan again"
              .formatted(task.model(), Sha256.abbreviate(here), Sha256.abbreviate(task.sha256())));
    }
  }
}
