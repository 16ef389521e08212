package org.whisker.feature.boundary;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.classifier.StoredModel;
import org.whisker.image.Canvas;
import org.whisker.job.JobContext;
import org.whisker.job.JobFolder;
import org.whisker.job.ModelConfig;
import org.whisker.job.Provenance;
import org.whisker.torch.Classifiers;
import org.whisker.torch.TorchClassifier;

/**
 * The classifier of a job, open.
 *
 * @param stored what it was opened from
 * @param settings how it runs
 */
record OpenedModel(
    JobContext context,
    StoredModel stored,
    TorchClassifier.Settings settings,
    DifferentiableClassifier classifier)
    implements AutoCloseable {
  /** Pictures in one call at most. */
  static final int BATCH = 100;

  /**
   * Opens the model of a configuration.
   *
   * @throws org.whisker.job.InvalidRequestException for a device that there is not
   * @throws IOException when there is no such model, or it is damaged
   */
  static OpenedModel open(ModelConfig config, JobContext context) throws IOException {
    TorchClassifier.Settings settings = config.settings(BATCH);
    StoredModel stored = config.open(context.home());
    return new OpenedModel(context, stored, settings, Classifiers.openAny(stored, settings));
  }

  /** The size of its pictures. */
  Canvas canvas() {
    return classifier.canvas();
  }

  /** The beginning of a manifest. */
  Map<String, Object> manifest(String command) {
    return Provenance.manifest(command, context, stored.card(), settings);
  }

  private String named(String stem) {
    return stem + "-" + stored.card().name();
  }

  /** A job whose folder is named after the model. */
  JobFolder.Job job(
      String stem, Map<String, Object> content, Record configuration, List<String> decisive) {
    return new JobFolder.Job(
        context.home().analyses(), named(stem), content, configuration, decisive);
  }

  @Override
  public void close() {
    classifier.close();
  }
}
