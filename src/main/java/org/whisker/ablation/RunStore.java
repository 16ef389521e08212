package org.whisker.ablation;

import java.util.Optional;

/** A store of finished runs. */
public interface RunStore {
  /**
   * A stored run, if present.
   *
   * @param key the key of the arm's network, input transform and options; equal for equivalent arms
   */
  Optional<ArmRun> find(String model, String key, long seed);

  /** Stores a finished run atomically. */
  void keep(String model, String key, ArmRun run);
}
