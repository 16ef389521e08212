package org.whisker.study.position;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.image.EdgeBins;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.JobContext;
import org.whisker.study.JobManifest;
import org.whisker.study.Models;
import org.whisker.study.OutputFolder;
import org.whisker.study.Provenance;
import org.whisker.study.ResumedManifest;
import org.whisker.torch.Classifiers;
import org.whisker.torch.TorchClassifier;

/**
 * Changes one pixel, or one block, at every place of a picture and maps what that does to the logit
 * of not-cat, next to what the gradient predicts. Its folder gets the tables of {@link
 * org.whisker.table.position.ProbeTables} and {@code manifest.json}; the listener is told when they
 * are whole. A job that is stopped can be gone on with.
 */
public final class ProbeJob {
  /** Bins of edge rank in the profile. */
  public static final int RINGS = EdgeBins.DEFAULT_PARTS;

  static final int BATCH = 100;

  private static final String COMMAND = "probe";

  /** What decides the results. */
  private static final List<String> SAME =
      List.of("command", "model", "precision", "device", "pixels_crc32", "block", "modes");

  private final JobContext context;

  /** A job that tells the context's listener how it goes. */
  public ProbeJob(JobContext context) {
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
   * @throws InvalidRequestException for a folder that is not empty, or what the picture has no room
   *     for
   * @throws IOException when model or picture can't be read, or a file not be written
   */
  public ProbeResult run(ProbeConfig config, Optional<Path> out) throws IOException {
    return run(config, List.of(), out);
  }

  /**
   * The same, for a command line.
   *
   * @param arguments that ask for it, for the manifest
   */
  public ProbeResult run(ProbeConfig config, List<String> arguments, Optional<Path> out)
      throws IOException {
    return probe(
        config,
        arguments,
        (model, content) ->
            JobManifest.begin(
                OutputFolder.create(
                    out, context.home().analyses(), COMMAND + "-" + model, context.clock()),
                content,
                config));
  }

  /**
   * Goes on with a job from its manifest.
   *
   * @throws InvalidRequestException when the folder holds no probe, or one of a whisker so old that
   *     its options must be given again
   * @throws IOException when something differs that decides the results
   */
  public ProbeResult resume(Path folder) throws IOException {
    JobManifest manifest = JobManifest.open(folder, COMMAND);
    ProbeConfig config =
        manifest
            .configuration(ProbeConfig.class)
            .orElseThrow(
                () ->
                    new InvalidRequestException(
                        folder + " was begun by an earlier whisker; give its options again"));
    List<String> decisive = SAME.stream().map(key -> "/" + key).toList();
    return probe(
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
  public ProbeResult resume(Path folder, ProbeConfig config, List<String> arguments)
      throws IOException {
    return probe(
        config,
        arguments,
        (model, content) -> {
          ResumedManifest.check(folder, content, SAME);
          return JobManifest.begin(folder, content, config);
        });
  }

  private ProbeResult probe(ProbeConfig config, List<String> arguments, Start start)
      throws IOException {
    TorchClassifier.Settings settings = config.running(BATCH);
    StoredModel stored = Models.open(new ModelStore(context.home().models()), config.model());
    try (DifferentiableClassifier classifier = Classifiers.openAny(stored, settings)) {
      ProbeSubject subject = ProbeSubject.read(config, classifier.canvas());
      Map<String, Object> content = Provenance.manifest(COMMAND, context, stored.card(), settings);
      subject.describe(content);
      content.put("status", "");
      content.put("arguments", arguments);
      JobManifest manifest = start.manifest(stored.card().name(), content);
      manifest.write("running");
      BooleanSupplier stopped = context.stop().listen();
      ProbeFolder folder = new ProbeFolder(manifest.folder());
      ProbeResult result = new ProbeRun(context, classifier, subject, folder, stopped).run();
      manifest.write(result.done() ? "done" : "stopped");
      return result;
    }
  }
}
