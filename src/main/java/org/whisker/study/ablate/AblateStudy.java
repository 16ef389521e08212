package org.whisker.study.ablate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.io.FolderLock;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.JobContext;
import org.whisker.study.JobManifest;
import org.whisker.study.Models;
import org.whisker.study.OutputFolder;
import org.whisker.study.Provenance;
import org.whisker.study.train.RetrainingPhotos;

/**
 * Does ablations in a folder: {@code MODEL/EXPERIMENT/} with the tables of each, {@code
 * summary.csv}, {@code skipped.csv}, {@code manifest.json}, and finished runs in {@code runs/},
 * from which it goes on. The listener is told when the tables of an experiment are whole.
 */
public final class AblateStudy {
  /** As manifests name it. */
  public static final String COMMAND = "ablate";

  private static final List<String> DECISIVE =
      List.of(
          "/command",
          "/models",
          "/device",
          "/precision",
          "/batch",
          "/seed",
          "/runs",
          "/target",
          "/training");

  private final JobContext context;

  public AblateStudy(JobContext context) {
    this.context = context;
  }

  /** Makes a configuration of the command line that a manifest of an earlier whisker holds. */
  @FunctionalInterface
  public interface CommandLine {
    /**
     * The configuration.
     *
     * @throws IOException when it can't be understood
     */
    AblateConfig parse(List<String> arguments) throws IOException;
  }

  /**
   * Does new ablations.
   *
   * @param arguments the command line that asks for them, for the manifest; may be empty
   * @param out the folder to write, new or empty; by default a new one in {@code analyses/}
   * @throws InvalidRequestException for what a model can't take, unless all were asked for
   */
  public AblateResult run(AblateConfig config, List<String> arguments, Optional<Path> out)
      throws IOException {
    AblateJob job = plan(config);
    String what = config.experiments().size() == 1 ? config.experiments().get(0) : "several";
    Path folder =
        OutputFolder.create(out, context.home().analyses(), COMMAND + "-" + what, context.clock());
    JobManifest manifest = JobManifest.begin(folder, content(config, job, arguments), config);
    return FolderLock.holding(folder, () -> go(job, manifest));
  }

  /**
   * Goes on with ablations that were stopped.
   *
   * @param older understands the command line in manifests of an earlier whisker
   * @throws IOException when something differs that decides the results
   */
  public AblateResult resume(JobManifest manifest, CommandLine older) throws IOException {
    Optional<AblateConfig> told = manifest.configuration(AblateConfig.class);
    AblateConfig config = told.isPresent() ? told.get() : older.parse(manifest.arguments());
    AblateJob job = plan(config);
    Path folder = manifest.folder();
    manifest.check(
        JobManifest.begin(folder, content(config, job, manifest.arguments()), config),
        DECISIVE,
        context::note);
    job.checkSame(manifest.content(), folder);
    return FolderLock.holding(folder, () -> go(job, manifest));
  }

  /** What is done, and what is left out, without doing it. */
  public AblateJob plan(AblateConfig config) throws IOException {
    ModelStore store = new ModelStore(context.home().models());
    List<String> wanted = config.models().isEmpty() ? store.list() : config.models();
    List<StoredAblatedModel> models = new ArrayList<>();
    for (String name : wanted) {
      models.add(model(Models.open(store, name), config));
    }
    InvalidRequestException.refuse(models.isEmpty(), "there is no model; name one by --model");
    long different = models.stream().map(StoredAblatedModel::name).distinct().count();
    InvalidRequestException.refuse(
        different < models.size(), "--model names two models of one name");
    return AblateJob.of(
        config.ablations(),
        models,
        model ->
            AblateJob.setting(
                model, config.base(), config.evaluations(), config.generations(), config.seed()),
        config.plan(),
        config.all());
  }

  private static StoredAblatedModel model(StoredModel model, AblateConfig config)
      throws IOException {
    Optional<RetrainedNetworks> networks = Optional.empty();
    if (config.training().isPresent()) {
      RetrainingPhotos photos = config.training().get().photos();
      networks =
          RetrainedNetworks.of(model.card(), Optional.of(photos), config.training().get().plan());
    }
    return new StoredAblatedModel(
        model, config.on().settings(AblateConfig.BATCH), networks, KeptProbes.inMemory());
  }

  private Map<String, Object> content(AblateConfig config, AblateJob job, List<String> arguments)
      throws IOException {
    StoredAblatedModel any = job.tasks().get(0).model();
    Map<String, Object> content =
        Provenance.manifest(COMMAND, context, any.stored().card(), any.settings());
    content.remove("model");
    Map<String, String> hashes = new LinkedHashMap<>();
    job.tasks()
        .forEach(t -> hashes.put(t.model().name(), t.model().stored().card().weights().sha256()));
    content.put("models", hashes);
    job.putTraining(content);
    job.putInto(content, config.preset());
    content.put("arguments", arguments);
    return content;
  }

  private AblateResult go(AblateJob job, JobManifest manifest) throws IOException {
    AblateRun.Outcome outcome = new AblateRun(context, job, manifest).run();
    return new AblateResult(manifest.folder(), !outcome.stopped(), job, outcome.results());
  }
}
