package org.whisker.feature.ablate;

import java.util.Optional;
import org.whisker.ablation.AblationRunner.RunStore;
import org.whisker.ablation.ArmRun;

/** Nothing is kept, for who asks what is to be done from the beginning. */
public record NoRuns() implements RunStore {
  @Override
  public Optional<ArmRun> find(String model, String key, long seed) {
    return Optional.empty();
  }

  @Override
  public void keep(String model, String key, ArmRun run) {
    throw new IllegalStateException("nothing is run");
  }
}
