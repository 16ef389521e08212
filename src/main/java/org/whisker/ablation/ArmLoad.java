package org.whisker.ablation;

import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.SearchMethod;

/**
 * What an arm asks of the network, roughly: {@link SearchMethod#newGenomes} images a generation.
 *
 * @param images that a run scores
 * @param call images that are scored in one call
 */
public record ArmLoad(double images, int call) {
  /** That of an arm with so many runs, where a call takes at most {@code batch} images. */
  public static ArmLoad of(AblationArm arm, AblationSetting setting, int runs, int batch) {
    EvolutionOptions options = arm.change().apply(setting.base());
    int fresh = options.method().newGenomes();
    double most = (double) options.stop().generations() * fresh;
    int together = Math.min(runs, together(options, batch));
    return new ArmLoad(
        Math.min(most, (double) options.stop().evaluations().orElse(Long.MAX_VALUE)),
        Math.min(batch, together * fresh));
  }

  /** How many runs of an arm had better advance together, at least 1. */
  public static int together(AblationArm arm, AblationSetting setting, int batch) {
    return together(arm.change().apply(setting.base()), batch);
  }

  /** As many runs as fill a batch with images that they have not met. */
  public static int together(EvolutionOptions options, int batch) {
    return Math.max(1, batch / options.method().newGenomes());
  }
}
