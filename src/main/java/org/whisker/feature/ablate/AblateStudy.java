package org.whisker.feature.ablate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.whisker.ablation.AblationResult;
import org.whisker.ablation.result.OmissionTables.SkippedRow;
import org.whisker.ablation.result.SummaryRow;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.feature.train.RetrainingData.RetrainingPhotos;
import org.whisker.job.DeviceConfig.SettledDevice;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;
import org.whisker.job.JobFolder;
import org.whisker.job.JobManifest;
import org.whisker.job.ModelConfig.Models;
import org.whisker.job.Provenance;
import org.whisker.job.ResumableJob;
import org.whisker.job.Workers;
import org.whisker.torch.Precision;

/**
 * Does ablations in a folder: {@code MODEL/EXPERIMENT/} with the tables of each, {@code
 * summary.csv}, {@code skipped.csv}, {@code manifest.json}, and finished runs in {@code runs/},
 * from which it goes on. The listener is told when the tables of an experiment are whole.
 */
public final class AblateStudy implements ResumableJob<AblateConfig, AblateResult> {
  /** As manifests name it. */
  public static final String COMMAND = "ablate";

  private static final List<String> DECISIVE =
      List.of(
          "command",
          "models",
          "device",
          "precision",
          StoredAblatedModel.SEARCH,
          "batch",
          "seed",
          "runs",
          "target",
          "training");

  private final JobContext context;

  public AblateStudy(JobContext context) {
    this.context = context;
  }

  @Override
  public String command() {
    return COMMAND;
  }

  @Override
  public Class<AblateConfig> type() {
    return AblateConfig.class;
  }

  @Override
  public AblateResult run(AblateConfig asked, JobFolder.Place place) throws IOException {
    place.check();
    SettledDevice on = on(asked);
    AblateConfig config = asked.on(on.on());
    AblateJob job = plan(config);
    Map<String, Object> content = content(config, job);
    on.putInto(content);
    String what = config.experiments().size() == 1 ? config.experiments().get(0) : "several";
    return JobFolder.hold(
        context,
        place,
        new JobFolder.Job(
            context.home().analyses(), COMMAND + "-" + what, content, config, DECISIVE),
        folder -> go(job, folder.manifest()));
  }

  private SettledDevice on(AblateConfig config) throws IOException {
    if (config.on().hasSearchPrecision()) {
      return new SettledDevice(config.on()); // opening a model reads all of it
    }
    plan(
        config.on(
            config.on().searchingIn(Precision.FLOAT32.label()))); // refuses what can't be done
    ModelStore store = new ModelStore(context.home().models());
    List<StoredModel> models = new ArrayList<>();
    for (String name : names(config, store)) {
      models.add(Models.open(store, name));
    }
    return SettledDevice.chosen(config.on(), models, AblateConfig.BATCH, context::note);
  }

  private static List<String> names(AblateConfig config, ModelStore store) throws IOException {
    return config.models().isEmpty() ? store.list() : config.models();
  }

  /**
   * What is done, and what is left out, without doing it.
   *
   * @param config says the precision of searches
   */
  public AblateJob plan(AblateConfig config) throws IOException {
    ModelStore store = new ModelStore(context.home().models());
    return plan(config, name -> Models.open(store, name));
  }

  /** The same, with models that somebody else opens. */
  public AblateJob plan(AblateConfig config, Models.Opener opener) throws IOException {
    ModelStore store = new ModelStore(context.home().models());
    List<StoredAblatedModel> models = new ArrayList<>();
    for (String name : names(config, store)) {
      models.add(model(opener.open(name), config));
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
        model,
        config.on().settings(AblateConfig.BATCH),
        config.on().searchPrecision(),
        networks,
        KeptProbes.inMemory());
  }

  private Map<String, Object> content(AblateConfig config, AblateJob job) {
    StoredAblatedModel any = job.tasks().get(0).model();
    Map<String, Object> content =
        Provenance.manifest(COMMAND, context, any.stored().card(), any.settings());
    content.remove("model");
    any.putSearch(content);
    Map<String, String> hashes = new LinkedHashMap<>();
    job.tasks()
        .forEach(t -> hashes.put(t.model().name(), t.model().stored().card().weights().sha256()));
    content.put("models", hashes);
    job.putTraining(content);
    job.putInto(content, config.preset());
    return content;
  }

  private AblateResult go(AblateJob job, JobManifest manifest) throws IOException {
    job.checkSame(manifest.content(), manifest.folder());
    AblateRun.Outcome outcome = new AblateRun(context, job, manifest).run();
    return new AblateResult(manifest.folder(), !outcome.stopped(), job, outcome.results());
  }

  /** Does the experiments of a job in its folder, from wherever an earlier process left them. */
  private record AblateRun(JobContext context, AblateJob job, JobManifest manifest) {
    /**
     * What came of it.
     *
     * @param results of all experiments; empty when it was stopped
     */
    record Outcome(boolean stopped, List<AblationResult> results) {
      Outcome {
        results = List.copyOf(results);
      }
    }

    /** Does what is left to do. */
    Outcome run() throws IOException {
      String status = "failed";
      Path folder = manifest.folder();
      manifest.write("running");
      try {
        SkippedRow.TABLE.write(folder.resolve(SkippedRow.FILE), job.skipped());
        List<AblationResult> results = results(folder);
        SummaryRow.TABLE.write(folder.resolve(SummaryRow.FILE), SummaryRow.of(results));
        context.listener().tablesWritten(folder);
        status = "done";
        return new Outcome(false, results);
      } catch (CancellationException e) {
        status = "stopped";
        return new Outcome(true, List.of());
      } finally {
        manifest.write(status);
      }
    }

    private List<AblationResult> results(Path folder) throws IOException {
      ArmRunFiles store = new ArmRunFiles(folder.resolve("runs"));
      Workers workers =
          StoredAblatedModel.workers(job.tasks().stream().map(AblateJob.Task::model).toList());
      manifest.put(Workers.OPERATOR_THREADS, workers.operatorThreads());
      return new ExperimentRuns(context, folder, job, store, folder, workers)
          .run(context.stop().listen());
    }
  }
}
