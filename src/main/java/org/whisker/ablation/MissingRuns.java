package org.whisker.ablation;

import java.util.List;
import java.util.stream.Stream;
import org.whisker.ablation.AblationRunner.PendingRun;

/**
 * The runs of an arm that are not stored yet.
 *
 * @param owner under whose name they are stored
 * @param key of the arm, see {@link RunStore}
 * @param ablation for which they were asked first
 */
public record MissingRuns(
    String owner,
    String key,
    Ablation ablation,
    AblationArm arm,
    AblatedModel model,
    AblationSetting setting,
    List<Long> seeds) {
  public MissingRuns {
    seeds = List.copyOf(seeds);
  }

  /** Whether another is of the same arm, perhaps asked for by another experiment. */
  public boolean sameArm(MissingRuns other) {
    return owner.equals(other.owner) && key.equals(other.key);
  }

  /** This, with the seeds of another of the same arm. */
  public MissingRuns and(MissingRuns other) {
    List<Long> all =
        Stream.concat(seeds.stream(), other.seeds.stream()).distinct().sorted().toList();
    return new MissingRuns(owner, key, ablation, arm, model, setting, all);
  }

  PendingRun pending(long seed) {
    return new PendingRun(owner, key, seed, !arm.isFlat());
  }
}
