package org.whisker.hypothesis;

import java.util.ArrayList;
import java.util.List;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.AblationSetting;
import org.whisker.ablation.ArmContrast.Prediction;
import org.whisker.ablation.ModelVariant;

/**
 * Experiment {@code weights}: trained weights against random initialisation. It belongs to no
 * single hypothesis.
 */
final class UntrainedWeights {
  private UntrainedWeights() {}

  private static final int NETWORKS = 3;

  static final Ablation EXPERIMENT =
      new Ablation(
          "weights",
          "weights",
          "the same network before any training, "
              + NETWORKS
              + " draws of its weights; if training causes the edge bias, E differs; if the"
              + " architecture does (padding, receptive fields), E is the same",
          "nothing",
          UntrainedWeights::design);

  private static Ablation.Design design(AblationSetting s) {
    List<AblationArm> arms = new ArrayList<>();
    arms.add(AblationArm.control("trained", "the trained weights"));
    for (int i = 0; i < NETWORKS; i++) {
      long seed = s.seed() + i;
      arms.add(
          AblationArm.of(
              "untrained-" + (i + 1),
              "weights as drawn from seed " + seed,
              new ModelVariant.Untrained(seed)));
    }
    return Ablation.Design.againstControl(arms, Prediction.DIFFERS);
  }
}
