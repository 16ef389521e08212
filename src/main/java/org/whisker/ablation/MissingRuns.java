package org.whisker.ablation;

import java.util.List;
import java.util.stream.Stream;
import org.whisker.ablation.Ablation.AblationSetting;
import org.whisker.ablation.AblationRunner.PendingRun;

/**
 * The runs of an arm that are not stored yet.
 *
 * @param owner under whose name they are stored
 * @param key of the arm, see {@link AblationRunner.RunStore}
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

  /** A text that only runs of the same arm have, perhaps asked for by other experiments. */
  public String ofArm() {
    return owner + "\n" + key;
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
