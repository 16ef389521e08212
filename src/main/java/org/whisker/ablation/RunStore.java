package org.whisker.ablation;

import java.util.Optional;

/** Where finished runs are kept, so that none is done twice. */
public interface RunStore {
  /**
   * A run that is there.
   *
   * @param key of the arm's network, view and options, the same for arms that come to the same
   */
  Optional<ArmRun> find(String model, String key, long seed);

  /** Keeps a finished run, whole or not at all. */
  void keep(String model, String key, ArmRun run);
}
