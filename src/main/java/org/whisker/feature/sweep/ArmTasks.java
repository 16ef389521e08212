package org.whisker.feature.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.AblationRunner;
import org.whisker.ablation.AblationRunner.ArmKey;
import org.whisker.ablation.ArmEvolution.ArmLoad;
import org.whisker.ablation.ArmRun;
import org.whisker.ablation.OpenArm;
import org.whisker.ablation.RunPlan;
import org.whisker.ablation.result.KeptRunRow;
import org.whisker.classifier.ModelCard;
import org.whisker.feature.ablate.AblateConfig;
import org.whisker.feature.ablate.AblateJob;
import org.whisker.feature.ablate.AblateStudy;
import org.whisker.feature.sweep.SweepFolder.SweepGroup;
import org.whisker.feature.sweep.SweepPlanner.Planning;
import org.whisker.feature.sweep.SweepTask.Kind;
import org.whisker.feature.sweep.SweepTask.TaskKey;
import org.whisker.feature.sweep.SweepTask.TaskResult;
import org.whisker.feature.sweep.SweepWorker.OpenModel;
import org.whisker.feature.sweep.SweepWorker.TaskRunner;
import org.whisker.job.ConfigJson;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;

/** The tasks of ablations, a run of an arm each, done as {@code ablate} does them. */
final class ArmTasks implements TaskRunner {
  static final String RUN = "run.csv";

  private final OpenModel models;
  private final SweepFolder folder;
  private final JobContext context;
  private @Nullable JsonNode configuration;
  private @Nullable OpenArm open;

  ArmTasks(OpenModel models, SweepFolder folder, JobContext context) {
    this.models = models;
    this.folder = folder;
    this.context = context;
  }

  /**
   * The configuration of an arm's task.
   *
   * @param owner the name of the model, or of all models, under which runs of ablations are kept
   * @param armKey the key of the arm, under which its runs are kept
   * @param ablate the configuration of ablations that has the arm
   */
  record ArmConfig(
      String experiment, String arm, String owner, String armKey, AblateConfig ablate) {
    static ArmConfig of(SweepTask task, Path file) throws IOException {
      return ConfigJson.read(task.configuration(), ArmConfig.class, file);
    }
  }

  /** Adds the tasks of a configuration. */
  static SweepGroup plan(
      Planning planning, String group, Map<String, String> options, AblateConfig config)
      throws IOException {
    for (String model : config.models()) {
      AblateJob job =
          new AblateStudy(planning.context()).plan(only(config, model, config.experiments()));
      job.skipped()
          .forEach(s -> planning.skip(s.experiment() + " on " + model + ": " + s.reason()));
      for (AblateJob.Task task : job.tasks()) {
        InvalidRequestException.refuse(
            task.trains(),
            task.ablation().id()
                + " trains networks of its own, which a sweep can't; leave it out");
        AblateConfig own = only(config, model, List.of(task.ablation().id()));
        for (AblationArm arm : task.ablation().design().apply(task.setting()).arms()) {
          plan(planning, group, own, new PlannedArm(task, arm, job.plan()));
        }
      }
    }
    return new SweepGroup(group, "ablate", options, ConfigJson.write(config));
  }

  private static AblateConfig only(AblateConfig c, String model, List<String> experiments) {
    return new AblateConfig(
        List.of(model),
        experiments,
        c.factors(),
        c.arms(),
        c.preset(),
        c.runs(),
        c.networks(),
        c.seed(),
        c.target(),
        c.evaluations(),
        c.generations(),
        c.training(),
        c.on());
  }

  /** An arm of an experiment on a model. */
  private record PlannedArm(AblateJob.Task task, AblationArm arm, RunPlan plan) {
    ArmConfig config(AblateConfig ablate) {
      String key = ArmKey.of(arm, task.setting(), plan.target());
      return new ArmConfig(task.ablation().id(), arm.name(), owner(), key, ablate);
    }

    /** Runs without a network are the same whatever the model. */
    String owner() {
      return AblationRunner.owner(arm, task.model());
    }

    String text() {
      return ArmKey.text(arm, task.setting(), plan.target());
    }
  }

  private static void plan(Planning planning, String group, AblateConfig own, PlannedArm asked)
      throws IOException {
    AblationArm arm = asked.arm();
    ModelCard card = asked.task().model().stored().card();
    ArmLoad load = ArmLoad.of(arm, asked.task().setting(), 1, asked.plan().batch());
    String identity = arm.isFlat() ? asked.owner() : TaskKey.model(card);
    String text = asked.text();
    JsonNode configuration = ConfigJson.write(asked.config(own));
    for (int run = 0; run < asked.plan().runs(arm); run++) {
      long seed = asked.plan().seed() + run;
      planning.add(
          new SweepTask(
              TaskKey.of(Kind.ARM, identity, text, seed, planning.numerics()),
              Kind.ARM,
              group,
              card.name() + " " + asked.task().ablation().id() + " " + arm.name(),
              own.models().get(0),
              card.weights().sha256(),
              seed,
              load.images(),
              configuration));
    }
  }

  @Override
  public TaskResult run(SweepTask task, BooleanSupplier stopped) throws IOException {
    List<ArmRun> runs = new ArrayList<>();
    opened(task, stopped).run(List.of(task.seed()), runs::add);
    ArmRun run = runs.get(0);
    if (run.isFailed()) {
      return TaskResult.failed(task.key(), run.message());
    }
    String line = KeptRunRow.TABLE.line(KeptRunRow.of(run));
    return TaskResult.of(task.key(), Map.of(RUN, KeptRunRow.TABLE.headerLine() + line));
  }

  private OpenArm opened(SweepTask task, BooleanSupplier stopped) throws IOException {
    OpenArm known = open;
    if (known != null && task.configuration().equals(configuration)) {
      return known;
    }
    close();
    ArmConfig config = ArmConfig.of(task, folder.path().resolve(SweepFolder.TASKS));
    AblateJob job = new AblateStudy(context).plan(config.ablate(), name -> models.of(task));
    AblateJob.Task planned = job.tasks().get(0);
    AblationArm arm =
        planned.ablation().design().apply(planned.setting()).arms().stream()
            .filter(each -> each.name().equals(config.arm()))
            .findFirst()
            .orElseThrow(
                () ->
                    new IOException(
                        task.what() + " has no such arm in this whisker; plan the sweep again"));
    OpenArm fresh =
        OpenArm.of(arm, planned.model(), planned.setting(), job.plan(), done -> {}, stopped);
    open = fresh;
    configuration = task.configuration();
    return fresh;
  }

  @Override
  public void close() {
    OpenArm known = open;
    open = null;
    configuration = null;
    if (known != null) {
      known.close();
    }
  }
}
