package org.whisker.study.saliency;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.JobContext;
import org.whisker.study.JobManifest;
import org.whisker.study.Models;
import org.whisker.study.OutputFolder;
import org.whisker.study.Provenance;
import org.whisker.study.ResumedManifest;
import org.whisker.study.input.BadInputs;
import org.whisker.torch.Classifiers;
import org.whisker.torch.TorchClassifier;

/**
 * Explains single pictures by saliency maps: which pixels the logit of not-cat depends on. Its
 * folder gets {@code summary.csv} (a row a map), {@code manifest.json}, {@code images/NAME/} with
 * the maps of a picture as CSV and NPY, and, where asked for, the tables of {@link
 * org.whisker.table.saliency.FaithfulnessTables}; the listener is told when they are whole. However
 * it is cut short, it can be gone on with; maps that are there are not made again.
 */
public final class SaliencyJob {
  /** As manifests name it. */
  private static final String COMMAND = "saliency";

  /** What decides the results, see {@link ResumedManifest}. */
  private static final List<String> SAME =
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

  /** Where the manifest of a job comes from, once all that it holds is known. */
  @FunctionalInterface
  private interface Start {
    JobManifest manifest(String model, Map<String, Object> content) throws IOException;
  }

  /**
   * Does a new job.
   *
   * @param out the folder to write, new or empty; by default a new one in {@code analyses/}, named
   *     after the model and the time
   * @return empty when none of the images can be read; the listener is told why
   * @throws InvalidRequestException for a folder that is not empty, or what the model can't do
   * @throws IOException when the model can't be opened, or a file not be written
   */
  public Optional<SaliencyResult> run(SaliencyConfig config, Optional<Path> out)
      throws IOException {
    return run(config, List.of(), out);
  }

  /**
   * The same, for a command line.
   *
   * @param arguments that ask for it, for the manifest
   */
  public Optional<SaliencyResult> run(
      SaliencyConfig config, List<String> arguments, Optional<Path> out) throws IOException {
    return explain(
        config,
        arguments,
        (model, content) ->
            JobManifest.begin(
                OutputFolder.create(
                    out, context.home().analyses(), COMMAND + "-" + model, context.clock()),
                content,
                config));
  }

  /** Whether the manifest of a folder tells all that is needed to go on. */
  public static boolean tellsAll(JobManifest manifest) throws IOException {
    return manifest.configuration(SaliencyConfig.class).isPresent();
  }

  /**
   * Goes on with a job.
   *
   * @return empty when none of the images can be read; the listener is told why
   * @throws InvalidRequestException when the folder holds no job, or one of a whisker so old that
   *     its options must be given again
   * @throws IOException when something differs that decides the results
   */
  public Optional<SaliencyResult> resume(Path folder) throws IOException {
    JobManifest manifest = JobManifest.open(folder, COMMAND);
    SaliencyConfig config =
        manifest
            .configuration(SaliencyConfig.class)
            .orElseThrow(
                () ->
                    new InvalidRequestException(
                        folder + " was begun by an earlier whisker; give its options again"));
    List<String> decisive = SAME.stream().map(key -> "/" + key).toList();
    return explain(
        config,
        manifest.arguments(),
        (model, content) -> {
          manifest.check(JobManifest.begin(folder, content, config), decisive, context::warn);
          return manifest;
        });
  }

  /**
   * Goes on with a job of an earlier whisker, whose manifest does not tell all.
   *
   * @param config that it was begun with
   * @throws InvalidRequestException when it was begun with another
   */
  public Optional<SaliencyResult> resume(Path folder, SaliencyConfig config, List<String> arguments)
      throws IOException {
    return explain(
        config,
        arguments,
        (model, content) -> {
          ResumedManifest.check(folder, content, SAME);
          return JobManifest.begin(folder, content, config);
        });
  }

  private Optional<SaliencyResult> explain(
      SaliencyConfig config, List<String> arguments, Start start) throws IOException {
    StoredModel stored = Models.open(new ModelStore(context.home().models()), config.model());
    TorchClassifier.Settings running = config.running();
    try (DifferentiableClassifier classifier = Classifiers.openAny(stored, running)) {
      SaliencySettings settings = config.settings().on(classifier, config.seed());
      BadInputs bad = new BadInputs(true);
      SaliencyImages read =
          SaliencyImages.read(classifier, config.images(), config.perGroup(), config.seed(), bad);
      bad.leftOut().forEach(context::warn);
      if (read.images().isEmpty()) {
        return Optional.empty();
      }
      read.resizedNote().ifPresent(context::note);
      Map<String, Object> content = Provenance.manifest(COMMAND, context, stored.card(), running);
      read.describe(content);
      content.put("methods", config.methods());
      content.put("settings", config.settings().describe(settings));
      content.put("faithfulness", config.faithfulness());
      content.put("seed", config.seed());
      content.put("arguments", arguments);
      JobManifest manifest = start.manifest(stored.card().name(), content);
      return Optional.of(
          new SaliencyRun(context, config, stored, running, classifier, read, settings)
              .into(manifest, bad.leftOut()));
    }
  }
}
