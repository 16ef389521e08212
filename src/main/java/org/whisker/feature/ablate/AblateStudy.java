package org.whisker.feature.ablate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.whisker.ablation.AblationResult;
import org.whisker.ablation.result.SummaryRow;
import org.whisker.ablation.result.SummaryRow.SkippedRow;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.feature.ablate.AblateJob.AblateResult;
import org.whisker.feature.train.RetrainingData.RetrainingPhotos;
import org.whisker.job.DeviceConfig;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;
import org.whisker.job.JobFolder;
import org.whisker.job.ModelConfig.Models;
import org.whisker.job.Workers;
import org.whisker.value.IoFunction;

/**
 * Does ablations in a folder: {@code MODEL/EXPERIMENT/} with the tables of each, {@code
 * summary.csv}, {@code skipped.csv}, {@code manifest.json}, and finished runs in {@code runs/},
 * from which it goes on. The listener is told when the tables of an experiment are whole.
 */
public final class AblateStudy extends Study<AblateConfig, AblateJob, AblateResult> {
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

  public AblateStudy(JobContext context) {
    super(context, COMMAND, AblateConfig.class);
  }

  @Override
  protected DeviceConfig on(AblateConfig config) {
    return config.on();
  }

  @Override
  protected AblateConfig on(AblateConfig config, DeviceConfig other) {
    return config.on(other);
  }

  @Override
  protected List<String> names(AblateConfig config) throws IOException {
    if (!config.models().isEmpty()) {
      return config.models();
    }
    List<String> all = store().list();
    List<String> small = StoredAblatedModel.SMALL.stream().filter(all::contains).toList();
    return small.isEmpty() ? all : small;
  }

  private ModelStore store() {
    return new ModelStore(context.home().models());
  }

  @Override
  public AblateJob plan(AblateConfig config) throws IOException {
    return plan(config, name -> Models.open(store(), name));
  }

  /** Plans like {@link #plan(AblateConfig)}, with models that {@code opener} opens. */
  public AblateJob plan(AblateConfig config, IoFunction<String, StoredModel> opener)
      throws IOException {
    List<StoredAblatedModel> models = new ArrayList<>();
    for (String name : names(config)) {
      models.add(model(opener.apply(name), config));
    }
    InvalidRequestException.refuse(models.isEmpty(), "there is no model; name one by --model");
    StoredAblatedModel.requireOwnNames(models.stream().map(StoredAblatedModel::stored).toList());
    return AblateJob.of(
            config.ablations(),
            models,
            model ->
                AblateJob.setting(
                    model,
                    config.base(),
                    config.evaluations(),
                    config.generations(),
                    config.seed()),
            config.plan(),
            config.all())
        .narrowed(config.arms());
  }

  private StoredAblatedModel model(StoredModel model, AblateConfig config) throws IOException {
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
        KeptProbes.in(context.home().cache()));
  }

  @Override
  protected AblateJob experiments(AblateJob plan) {
    return plan;
  }

  @Override
  protected List<StoredAblatedModel> models(AblateJob plan) {
    return plan.tasks().stream().map(AblateJob.Task::model).toList();
  }

  @Override
  protected Named named(AblateConfig config) {
    String what = config.experiments().size() == 1 ? config.experiments().get(0) : "several";
    return new Named(COMMAND, context.home().analyses(), COMMAND + "-" + what);
  }

  @Override
  protected void describe(AblateConfig config, AblateJob plan, Map<String, Object> content) {
    plan.putTraining(content);
    plan.putInto(content, config.preset());
  }

  @Override
  protected List<String> decisive() {
    return DECISIVE;
  }

  @Override
  protected AblateResult work(AblateConfig config, AblateJob plan, JobFolder folder)
      throws IOException {
    Optional<List<AblationResult>> results = folder.attempt(held -> results(plan, held));
    return new AblateResult(folder.folder(), results.isPresent(), plan, results.orElse(List.of()));
  }

  private List<AblationResult> results(AblateJob plan, JobFolder held) throws IOException {
    Path folder = held.folder();
    SkippedRow.TABLE.writeIn(folder, plan.skipped());
    ArmRunFiles store = new ArmRunFiles(folder.resolve("runs"));
    Workers workers = StoredAblatedModel.workers(models(plan));
    held.manifest().put(Workers.OPERATOR_THREADS, workers.operatorThreads());
    held.begin(); // the page of the folder is drawn from the manifest that lies there
    WorkPlan work = WorkPlan.of(plan, store, ModelPace.glanced(models(plan)));
    List<AblationResult> results;
    try (PlannedProgress progress = new PlannedProgress(context, work)) {
      results =
          new ExperimentRuns(context, folder, plan, store, folder, workers, progress)
              .run(context.stop().listen());
      progress.finish();
    }
    SummaryRow.TABLE.writeIn(folder, SummaryRow.of(results));
    context.listener().tablesWritten(folder);
    return results;
  }
}
