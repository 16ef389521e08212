package org.whisker.feature.sweep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.whisker.ablation.ArmRun;
import org.whisker.ablation.RunStore;
import org.whisker.ablation.result.KeptRunRow;

/** Runs of arms that are results of a sweep. */
final class SweptArms implements RunStore {
  private final SweepFolder folder;
  private final Map<Name, String> keys = new HashMap<>();

  private record Name(String owner, String armKey, long seed) {}

  SweptArms(SweepFolder folder) {
    this.folder = folder;
  }

  /** Counts on a task that is done. */
  void add(SweepTask task) {
    ArmTaskJson arm = ArmTaskJson.of(task);
    // millions of tasks have few arms
    keys.put(new Name(arm.owner().intern(), arm.armKey().intern(), task.seed()), task.key());
  }

  boolean has(String owner, String armKey, long seed) {
    return keys.containsKey(new Name(owner, armKey, seed));
  }

  @Override
  public Optional<ArmRun> find(String owner, String armKey, long seed) {
    String key = keys.get(new Name(owner, armKey, seed));
    if (key == null) {
      return Optional.empty();
    }
    try {
      Optional<TaskResult> result = folder.find(key);
      return result.isPresent() ? Optional.of(run(result.get(), seed)) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ArmRun run(TaskResult result, long seed) throws IOException {
    if (result.failure().isPresent()) {
      return ArmRun.failed(seed, result.failure().get());
    }
    List<KeptRunRow> rows = KeptRunRow.TABLE.parse(result.table(ArmTaskRunner.RUN), folder.path());
    if (rows.size() != 1) {
      throw new IOException("the result of task " + result.key() + " has no run; remove it");
    }
    return rows.get(0).run();
  }

  @Override
  public void keep(String owner, String armKey, ArmRun run) {
    throw new IllegalStateException("collecting runs nothing");
  }
}
