package org.whisker.selfcheck;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.whisker.ablation.ArmRun;
import org.whisker.ablation.RunStore;

/** Runs kept in memory, for many threads. */
final class MemoryRuns implements RunStore {
  private final Map<Key, ArmRun> runs = new ConcurrentHashMap<>();

  private record Key(String model, String key, long seed) {}

  @Override
  public Optional<ArmRun> find(String model, String key, long seed) {
    return Optional.ofNullable(runs.get(new Key(model, key, seed)));
  }

  @Override
  public void keep(String model, String key, ArmRun run) {
    runs.put(new Key(model, key, run.seed()), run);
  }
}
