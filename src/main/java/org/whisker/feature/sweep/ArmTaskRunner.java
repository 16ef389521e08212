package org.whisker.feature.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.whisker.ablation.AblatedModel;
import org.whisker.ablation.Ablation.AblationSetting;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.AblationRunner;
import org.whisker.ablation.ArmRun;
import org.whisker.ablation.OpenArm;
import org.whisker.ablation.result.KeptRunRow;

/** Does runs of arms, as {@code ablate} does them. */
public final class ArmTaskRunner implements TaskRunner {
  /** The table of a result. */
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

  /** Finds the arms of tasks. */
  @FunctionalInterface
  public interface Arms {
    Arm of(SweepTask task) throws IOException;
  }

  public ArmTaskRunner(Arms arms) {
    this.arms = arms;
  }

  @Override
  public void run(List<SweepTask> tasks, BooleanSupplier stopped, Sink ended) throws IOException {
    Map<Long, String> keys = new HashMap<>();
    tasks.forEach(task -> keys.put(task.seed(), task.key()));
    List<Long> seeds = tasks.stream().map(SweepTask::seed).toList();
    OpenArm arm = opened(tasks.get(0), stopped);
    try {
      arm.run(seeds, run -> hand(run, String.valueOf(keys.get(run.seed())), ended));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void hand(ArmRun run, String key, Sink ended) {
    try {
      ended.accept(result(run, key));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TaskResult result(ArmRun run, String key) {
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
    OpenArm fresh = OpenArm.of(arm.arm(), arm.model(), arm.setting(), arm.plan(), stopped);
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
