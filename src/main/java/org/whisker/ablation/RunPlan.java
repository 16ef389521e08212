package org.whisker.ablation;

import org.whisker.value.Checks;

/**
 * The size of the experiments.
 *
 * @param runs runs per network and arm, at least 1; run k, from 0, has the seed {@code seed + k}
 * @param networks networks per arm in experiments that train them, at least 1
 * @param target p(target) that counts as success, above 0 and below 1
 * @param batch images per batch
 */
public record RunPlan(int runs, int networks, long seed, double target, int batch) {
  public RunPlan {
    Checks.refuse(
        runs < 1 || networks < 1,
        "runs must be at least 1, were %d, of networks %d",
        runs,
        networks);
    Checks.require(target > 0 && target < 1, "target must be between 0 and 1, was %s", target);
  }

  /** A plan without trained networks. */
  public RunPlan(int runs, long seed, double target, int batch) {
    this(runs, 1, seed, target, batch);
  }

  public int networks(AblationArm arm) {
    return arm.isTrained() ? networks : 1;
  }

  /** The number of runs per network of an arm. */
  public int runs(AblationArm arm) {
    return Math.max(runs, arm.fewestRuns());
  }
}
