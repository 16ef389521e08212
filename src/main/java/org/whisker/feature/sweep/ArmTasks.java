package org.whisker.feature.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.whisker.ablation.AblatedModel;
import org.whisker.ablation.Ablation.AblationSetting;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.AblationRunner;
import org.whisker.ablation.AblationRunner.ArmKey;
import org.whisker.ablation.ArmEvolution.ArmLoad;
import org.whisker.ablation.ArmRun;
import org.whisker.ablation.OpenArm;
import org.whisker.ablation.result.KeptRunRow;
import org.whisker.classifier.ModelCard;
import org.whisker.feature.ablate.AblateConfig;
import org.whisker.feature.ablate.AblateJob;
import org.whisker.feature.ablate.AblateStudy;
import org.whisker.feature.sweep.SweepPlan.SweepGroup;
import org.whisker.feature.sweep.SweepTask.TaskKey;
import org.whisker.feature.sweep.SweepTask.TaskResult;
import org.whisker.feature.sweep.TaskRunners.TaskRunner;
import org.whisker.job.ConfigJson;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;

/** Makes the tasks of ablations: a run of an arm each. */
final class ArmTasks {
  private static final double FLAT_SECONDS_AN_IMAGE = 2e-6;
  private static final int MOST_TOGETHER = 32;

  private final JobContext context;
  private final SweepPlanner.Pace pace;
  private final SweepPlanner.SweepKeys keys;
  private final boolean oneByOne;
  private final Consumer<String> skipped;

  /**
   * Tasks of a sweep.
   *
   * @param numerics the numerics of the sweep, which the keys are of, too
   * @param skipped is told of experiments that a model can't take
   */
  ArmTasks(
      JobContext context,
      SweepPlanner.Pace pace,
      SweepPlanner.SweepKeys keys,
      Numerics numerics,
      Consumer<String> skipped) {
    this.context = context;
    this.pace = pace;
    this.keys = keys;
    oneByOne = numerics.oneByOne();
    this.skipped = skipped;
  }

  /** Adds the tasks of a configuration. */
  SweepGroup make(
      String group, Map<String, String> options, AblateConfig config, List<SweepTask> tasks)
      throws IOException {
    for (String model : config.models()) {
      AblateJob job = new AblateStudy(context).plan(only(config, model, config.experiments()));
      job.skipped()
          .forEach(s -> skipped.accept(s.experiment() + " on " + model + ": " + s.reason()));
      for (AblateJob.Task task : job.tasks()) {
        InvalidRequestException.refuse(
            task.trains(),
            task.ablation().id()
                + " trains networks of its own, which a sweep can't; leave it out, or train them by"
                + " tasks of train");
        AblateConfig own = only(config, model, List.of(task.ablation().id()));
        for (AblationArm arm : task.ablation().design().apply(task.setting()).arms()) {
          add(new Asked(group, model, own, task, arm, job.plan()), tasks);
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
  private record Asked(
      String group,
      String model,
      AblateConfig config,
      AblateJob.Task task,
      AblationArm arm,
      AblationRunner.Plan plan) {
    ModelCard card() {
      return task.model().stored().card();
    }

    String armKey() {
      return ArmKey.of(arm, task.setting(), plan.target());
    }
  }

  /** Runs without a network take no time, so that many of them are one step of a worker. */
  private int together(Asked asked) {
    if (asked.arm().isFlat()) {
      return MOST_TOGETHER;
    }
    int batch = asked.plan().batch();
    int most = oneByOne ? 1 : MOST_TOGETHER;
    return Math.min(most, ArmLoad.together(asked.arm(), asked.task().setting(), batch));
  }

  private void add(Asked asked, List<SweepTask> tasks) {
    AblationArm arm = asked.arm();
    int runs = asked.plan().runs(arm);
    int together = together(asked);
    ArmLoad load =
        ArmLoad.of(arm, asked.task().setting(), Math.min(runs, together), asked.plan().batch());
    double seconds =
        arm.isFlat()
            ? load.images() * FLAT_SECONDS_AN_IMAGE
            : pace.seconds(asked.task().model(), load.images(), load.call());
    // runs without a network are the same whatever the model
    String owner = AblationRunner.owner(arm, asked.task().model());
    String identity = arm.isFlat() ? owner : SweepPlanner.SweepKeys.model(asked.card());
    String text = ArmKey.text(arm, asked.task().setting(), asked.plan().target());
    ArmTaskJson json =
        new ArmTaskJson(asked.task().ablation().id(), arm.name(), owner, asked.armKey());
    JsonNode configuration = json.write(asked.config());
    for (int run = 0; run < runs; run++) {
      long seed = asked.plan().seed() + run;
      tasks.add(
          new SweepTask(
              keys.of(SweepTask.Kind.ARM, identity, text, seed),
              SweepTask.Kind.ARM,
              asked.group(),
              asked.card().name() + " " + asked.task().ablation().id() + " " + arm.name(),
              asked.model(),
              asked.card().weights().sha256(),
              seed,
              load.images(),
              seconds,
              together,
              configuration));
    }
  }

  /**
   * What the configuration of an arm's task says, besides the {@link AblateConfig} that has it.
   *
   * @param experiment the id of the experiment
   * @param arm the name of the arm
   * @param owner the name of the model, or of all models, under which runs of ablations are kept
   * @param armKey the key of the arm, under which its runs are kept
   */
  record ArmTaskJson(String experiment, String arm, String owner, String armKey) {
    private static final String ABLATE = "ablate";

    public JsonNode write(AblateConfig config) {
      ObjectNode node = JsonNodeFactory.instance.objectNode();
      node.put("experiment", experiment);
      node.put("arm", arm);
      node.put("owner", owner);
      node.put("arm_key", armKey);
      node.set(ABLATE, ConfigJson.write(config));
      return node;
    }

    /** Reads the configuration of a task. */
    public static ArmTaskJson of(SweepTask task) {
      JsonNode node = task.configuration();
      return new ArmTaskJson(
          node.path("experiment").asText(),
          node.path("arm").asText(),
          node.path("owner").asText(),
          node.path("arm_key").asText());
    }

    /**
     * The configuration of ablations that has a task's arm.
     *
     * @param file the file that the task is from, for the message
     */
    public static AblateConfig config(SweepTask task, Path file) throws IOException {
      return ConfigJson.read(task.configuration().path(ABLATE), AblateConfig.class, file);
    }
  }

  /** Does runs of arms, as {@code ablate} does them. */
  static final class ArmTaskRunner implements TaskRunner {
    public static final String RUN = "run.csv";

    private final Arms arms;
    private @Nullable JsonNode configuration;
    private @Nullable OpenArm open;

    /**
     * An arm of a task.
     *
     * @param plan the plan that states the target and the batch of the runs
     */
    public record Arm(
        AblationArm arm, AblatedModel model, AblationSetting setting, AblationRunner.Plan plan) {}

    @FunctionalInterface
    public interface Arms {
      Arm of(SweepTask task) throws IOException;
    }

    public ArmTaskRunner(Arms arms) {
      this.arms = arms;
    }

    @Override
    public void run(List<SweepTask> tasks, BooleanSupplier stopped, Sink ended) throws IOException {
      Map<Long, TaskKey> keys = new HashMap<>();
      tasks.forEach(task -> keys.put(task.seed(), task.key()));
      List<Long> seeds = tasks.stream().map(SweepTask::seed).toList();
      OpenArm arm = opened(tasks.get(0), stopped);
      try {
        arm.run(seeds, run -> hand(run, Objects.requireNonNull(keys.get(run.seed())), ended));
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }

    private static void hand(ArmRun run, TaskKey key, Sink ended) {
      try {
        ended.accept(result(run, key));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static TaskResult result(ArmRun run, TaskKey key) {
      if (run.isFailed()) {
        return TaskResult.failed(key, run.message());
      }
      KeptRunRow row = KeptRunRow.of(run);
      return TaskResult.of(
          key, Map.of(RUN, KeptRunRow.TABLE.headerLine() + KeptRunRow.TABLE.line(row)));
    }

    private OpenArm opened(SweepTask task, BooleanSupplier stopped) throws IOException {
      OpenArm known = open;
      if (known != null && task.configuration().equals(configuration)) {
        return known;
      }
      close();
      Arm arm = arms.of(task);
      OpenArm fresh =
          OpenArm.of(arm.arm(), arm.model(), arm.setting(), arm.plan(), done -> {}, stopped);
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
}
