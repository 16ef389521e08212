package org.whisker.feature.saliency;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.job.JobContext;
import org.whisker.job.JobFolder;
import org.whisker.job.Models;
import org.whisker.job.Provenance;
import org.whisker.job.ResumableJob;
import org.whisker.job.input.BadInputs;
import org.whisker.torch.Classifiers;
import org.whisker.torch.TorchClassifier;

/**
 * Explains single pictures by saliency maps: which pixels the logit of not-cat depends on. Its
 * folder gets {@code summary.csv} (a row a map), {@code manifest.json}, {@code images/NAME/} with
 * the maps of a picture as CSV and NPY, and, where asked for, the tables of {@link
 * org.whisker.saliency.result.FaithfulnessTables}; the listener is told when they are whole.
 * However it is cut short, it can be gone on with; maps that are there are not made again.
 */
public final class SaliencyJob implements ResumableJob<SaliencyConfig, Optional<SaliencyResult>> {
  /** As manifests name it. */
  private static final String COMMAND = "saliency";

  private static final List<String> DECISIVE =
      List.of(
          "command",
          "model",
          "precision",
          "device",
          "images",
          "methods",
          "settings",
          "faithfulness",
          "seed");

  private final JobContext context;

  /** A job that tells the context's listener how it goes. */
  public SaliencyJob(JobContext context) {
    this.context = context;
  }

  @Override
  public String command() {
    return COMMAND;
  }

  @Override
  public Class<SaliencyConfig> type() {
    return SaliencyConfig.class;
  }

  /**
   * {@inheritDoc}
   *
   * @return empty when no image can be read; the listener was told why
   */
  @Override
  public Optional<SaliencyResult> run(SaliencyConfig config, JobFolder.Place place)
      throws IOException {
    StoredModel stored = Models.open(new ModelStore(context.home().models()), config.model());
    TorchClassifier.Settings running = config.running();
    try (DifferentiableClassifier classifier = Classifiers.openAny(stored, running)) {
      SaliencySettings settings = config.settings().on(classifier, config.seed(), config.resize());
      BadInputs bad = new BadInputs(true);
      SaliencyImages read =
          SaliencyImages.read(
              classifier, config.images(), config.resize(), config.perGroup(), config.seed(), bad);
      bad.leftOut().forEach(context::warn);
      if (read.images().isEmpty()) {
        return Optional.empty();
      }
      read.resizedNote().ifPresent(context::note);
      SaliencyRun run =
          new SaliencyRun(context, config, stored, running, classifier, read, settings);
      return Optional.of(
          JobFolder.hold(
              context, place, job(run), folder -> run.into(folder.manifest(), bad.leftOut())));
    }
  }

  private JobFolder.Job job(SaliencyRun run) {
    SaliencyConfig config = run.config();
    Map<String, Object> content =
        Provenance.manifest(COMMAND, context, run.stored().card(), run.running());
    run.read().describe(content);
    content.put("methods", config.methods());
    content.put("settings", config.settings().describe(run.settings()));
    content.put("faithfulness", config.faithfulness());
    content.put("seed", config.seed());
    return new JobFolder.Job(
        context.home().analyses(),
        COMMAND + "-" + run.stored().card().name(),
        content,
        config,
        DECISIVE);
  }
}
