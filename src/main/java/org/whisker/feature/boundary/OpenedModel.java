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
import org.whisker.job.ResumableJob;
import org.whisker.job.input.PictureGroup;
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

  /** All that decides what is done with sets of images. */
  interface ImagesConfig {
    ModelConfig model();

    ImageChoice images();

    /** The seed of the images that are drawn. */
    long seed();

    /** Puts all but the model and the images. */
    void describe(Map<String, Object> manifest);
  }

  /**
   * A job on sets of images that a model can be shown.
   *
   * @param <C> all that decides its results
   * @param <R> what it comes to
   */
  abstract static class ImagesJob<C extends Record & ImagesConfig, R> extends ResumableJob<C, R> {
    private final List<String> decisive;

    /**
     * @param decisive the entries of the manifest that decide the results
     */
    ImagesJob(JobContext context, String command, Class<C> type, List<String> decisive) {
      super(context, command, type);
      this.decisive = decisive;
    }

    @Override
    public final R run(C config, JobFolder.Place place) throws IOException {
      try (OpenedModel model = open(config.model(), context)) {
        List<PictureGroup> groups = config.images().read(model.classifier(), config.seed());
        PictureGroup.noteResized(groups, context);
        Map<String, Object> content = model.manifest(command());
        content.put("images", PictureGroup.describe(groups));
        config.describe(content);
        String stem = command().substring(command().lastIndexOf(' ') + 1);
        JobFolder.Job job = model.job(stem, content, config, decisive);
        return JobFolder.hold(context, place, job, folder -> work(folder, model, config, groups));
      }
    }

    /** Does it in its folder, from wherever an earlier process left it. */
    abstract R work(JobFolder folder, OpenedModel model, C config, List<PictureGroup> groups)
        throws IOException;
  }
}
