package org.whisker.feature.explain;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.whisker.ablation.AblationResult;
import org.whisker.ablation.AblationRunner.RunStore;
import org.whisker.ablation.result.OmissionTables.SkippedRow;
import org.whisker.ablation.result.SummaryRow;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.feature.ablate.ExperimentRuns;
import org.whisker.feature.ablate.NoRuns;
import org.whisker.feature.ablate.RetrainedNetworks;
import org.whisker.feature.ablate.SharedRuns;
import org.whisker.feature.ablate.StoredAblatedModel;
import org.whisker.feature.train.RetrainingData.RetrainingPhotos;
import org.whisker.job.DeviceConfig.SettledDevice;
import org.whisker.job.JobContext;
import org.whisker.job.JobFolder;
import org.whisker.job.JobManifest;
import org.whisker.job.ModelConfig.Models;
import org.whisker.job.Provenance;
import org.whisker.job.ResumableJob;
import org.whisker.job.Workers;
import org.whisker.torch.Precision;

/**
 * Does the protocol in a folder: the experiments of a budget on each model, maps, comparisons and
 * {@code findings.csv}, a row a hypothesis and model. Finished runs are found again in the cache
 * that all reports share.
 */
public final class ExplainStudy implements ResumableJob<ExplainConfig, ExplainResult> {
  /** As manifests name it. */
  public static final String COMMAND = "explain";

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
          "budget",
          "evaluations",
          "training");

  private final JobContext context;

  public ExplainStudy(JobContext context) {
    this.context = context;
  }

  @Override
  public String command() {
    return COMMAND;
  }

  @Override
  public Class<ExplainConfig> type() {
    return ExplainConfig.class;
  }

  @Override
  public ExplainResult run(ExplainConfig asked, JobFolder.Place place) throws IOException {
    place.check();
    SettledDevice on =
        place instanceof JobFolder.Place.New ? on(asked) : new SettledDevice(asked.on());
    ExplainConfig config = asked.on(on.on());
    ExplainJob job = plan(config);
    Map<String, Object> content = content(config, job);
    on.putInto(content);
    return JobFolder.hold(
        context,
        place,
        new JobFolder.Job(context.home().reports(), command(config), content, config, DECISIVE),
        folder -> go(config, job, folder.manifest()));
  }

  private static String command(ExplainConfig config) {
    return config.compares() ? ExplainJob.COMPARE : COMMAND;
  }

  /** With the precision of the searches, for who asks before there is a folder. */
  public ExplainConfig settled(ExplainConfig config) throws IOException {
    return config.on(on(config).on());
  }

  private SettledDevice on(ExplainConfig config) throws IOException {
    if (config.on().hasSearchPrecision()) {
      return new SettledDevice(config.on()); // opening a model reads all of it
    }
    plan(
        config.on(
            config.on().searchingIn(Precision.FLOAT32.label()))); // refuses what can't be done
    ModelStore store = new ModelStore(context.home().models());
    List<StoredModel> models = new ArrayList<>();
    for (String name : config.models()) {
      models.add(Models.open(store, name));
    }
    return SettledDevice.chosen(config.on(), models, ExplainJob.BATCH, context::note);
  }

  /**
   * What is done, without doing it.
   *
   * @param config is {@linkplain #settled settled}
   */
  public ExplainJob plan(ExplainConfig config) throws IOException {
    Optional<RetrainingPhotos> photos = Optional.empty();
    if (config.training().isPresent()) {
      photos = Optional.of(config.training().get().photos());
    }
    Optional<RetrainingPhotos> looked = photos;
    int runs = config.runs().orElse(config.usual().runs());
    return ExplainJob.of(
        config.budget(),
        config.search(),
        config.experiments(),
        ExplainJob.models(
            config.models(),
            context.home(),
            config.on(),
            config.fresh(),
            card ->
                config.training().flatMap(data -> RetrainedNetworks.of(card, looked, data.plan()))),
        runs,
        config.networks().orElse(runs),
        config.evaluations().orElse(config.usual().evaluations()),
        config.limit(),
        config.seed());
  }

  /** The runs that are done already, for who asks before there is a folder. */
  public RunStore known(ExplainConfig config, ExplainJob job) {
    return config.fresh() ? new NoRuns() : SharedRuns.of(context.home().cache(), job.models());
  }

  private Map<String, Object> content(ExplainConfig config, ExplainJob job) {
    StoredAblatedModel any = job.models().get(0);
    Map<String, Object> content =
        Provenance.manifest(command(config), context, any.stored().card(), any.settings());
    content.remove("model");
    any.putSearch(content);
    job.putInto(content);
    return content;
  }

  private ExplainResult go(ExplainConfig config, ExplainJob job, JobManifest manifest)
      throws IOException {
    Path folder = manifest.folder();
    job.experiments().checkSame(manifest.content(), folder);
    RunStore store = job.store(config.fresh(), folder, context.home());
    Path trained = config.fresh() ? folder : context.home().cache();
    return new ExplainResult(folder, new ExplainRun(context, job, manifest, store, trained).run());
  }

  /**
   * Does what a report needs in its folder, from wherever an earlier process left it.
   *
   * @param trained where networks are trained and found again
   */
  private record ExplainRun(
      JobContext context, ExplainJob job, JobManifest manifest, RunStore store, Path trained) {
    /**
     * Does what is left to do.
     *
     * @return how long it took; empty when it was stopped
     */
    Optional<Duration> run() throws IOException {
      String status = "failed";
      Path folder = manifest.folder();
      long begun = context.clock().millis();
      manifest.write("running");
      Workers workers = StoredAblatedModel.workers(job.models());
      try {
        BooleanSupplier stopped = context.stop().listen();
        manifest.put(Workers.OPERATOR_THREADS, workers.operatorThreads());
        SkippedRow.TABLE.write(folder.resolve(SkippedRow.FILE), job.experiments().skipped());
        ExperimentRuns experiments =
            new ExperimentRuns(context, folder, job.experiments(), store, trained, workers);
        // others were found: the seconds below are of these
        manifest.put("runs_done_here", experiments.pending().size());
        List<AblationResult> results = experiments.run(stopped);
        SummaryRow.TABLE.write(folder.resolve(SummaryRow.FILE), SummaryRow.of(results));
        context.listener().tablesWritten(folder);
        new ModelParts(context, folder, job, workers).write(results, stopped);
        job.verdicts().write(results, job.names(), folder);
        Duration took = Duration.ofMillis(context.clock().millis() - begun);
        manifest.put("seconds", took.toSeconds());
        status = "done";
        manifest.write(status);
        return Optional.of(took);
      } catch (CancellationException e) {
        status = "stopped";
        return Optional.empty();
      } finally {
        manifest.write(status);
      }
    }
  }
}
