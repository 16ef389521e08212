package org.whisker.feature.position;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.image.EdgeBins;
import org.whisker.job.JobContext;
import org.whisker.job.JobFolder;
import org.whisker.job.JobManifest;
import org.whisker.job.Models;
import org.whisker.job.Provenance;
import org.whisker.job.ResumableJob;
import org.whisker.torch.Classifiers;
import org.whisker.torch.TorchClassifier;

/**
 * Changes one pixel, or one block, at every place of a picture and maps what that does to the logit
 * of not-cat, next to what the gradient predicts. Its folder gets the tables of {@link
 * org.whisker.position.result.ProbeTables} and {@code manifest.json}; the listener is told when
 * they are whole. A job that is stopped can be gone on with.
 */
public final class ProbeJob implements ResumableJob<ProbeConfig, ProbeResult> {
  /** Bins of edge rank in the profile. */
  public static final int RINGS = EdgeBins.DEFAULT_PARTS;

  static final int BATCH = 100;

  /** As manifests name it. */
  private static final String COMMAND = "probe";

  private static final List<String> DECISIVE =
      List.of("command", "model", "precision", "device", "pixels_crc32", "block", "modes");

  private final JobContext context;

  /** A job that tells the context's listener how it goes. */
  public ProbeJob(JobContext context) {
    this.context = context;
  }

  @Override
  public String command() {
    return COMMAND;
  }

  @Override
  public Class<ProbeConfig> type() {
    return ProbeConfig.class;
  }

  @Override
  public ProbeResult run(ProbeConfig config, JobFolder.Place place) throws IOException {
    TorchClassifier.Settings settings = config.running(BATCH);
    StoredModel stored = Models.open(new ModelStore(context.home().models()), config.model());
    try (DifferentiableClassifier classifier = Classifiers.openAny(stored, settings)) {
      ProbeSubject subject = ProbeSubject.read(config, classifier.canvas(), context);
      Map<String, Object> content = Provenance.manifest(COMMAND, context, stored.card(), settings);
      subject.describe(content);
      content.put("status", "");
      JobFolder.Job job =
          new JobFolder.Job(
              context.home().analyses(),
              COMMAND + "-" + stored.card().name(),
              content,
              config,
              DECISIVE);
      return JobFolder.hold(
          context, place, job, folder -> measure(classifier, subject, folder.manifest()));
    }
  }

  private ProbeResult measure(
      DifferentiableClassifier classifier, ProbeSubject subject, JobManifest manifest)
      throws IOException {
    manifest.write("running");
    BooleanSupplier stopped = context.stop().listen();
    ProbeFolder folder = new ProbeFolder(manifest.folder());
    ProbeResult result = new ProbeRun(context, classifier, subject, folder, stopped).run();
    manifest.write(result.done() ? "done" : "stopped");
    return result;
  }
}
