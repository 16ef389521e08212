package org.whisker.ablation.experiment;

import java.util.ArrayList;
import java.util.List;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.AblationSetting;
import org.whisker.ablation.ArmContrast.Prediction;
import org.whisker.ablation.ModelVariant;

/**
 * Experiment {@code padding}: the padding of all convolutions, replaced at inference. Filters that
 * respond to the border are found in most networks trained with static padding (padding aware
 * neurons, arXiv 2309.08048).
 */
final class Paddings {
  static final List<String> ALL = List.of("zero", "reflect", "replicate", "circular");

  private Paddings() {}

  static Ablation ablation() {
    return new Ablation(
        "padding",
        "padding",
        "the same weights with another padding, from the same seeds; if the contrast of padding and"
            + " white draws pixels to the edge, they move away from it",
        "a network whose padding can be swapped, with feature maps large enough to reflect",
        s -> Ablation.Design.againstControl(arms(s), Prediction.RISES));
  }

  private static List<AblationArm> arms(AblationSetting s) {
    List<AblationArm> arms = new ArrayList<>();
    arms.add(AblationArm.control(s.padding(), s.padding() + " padding, as it was trained"));
    for (String padding : ALL) {
      if (!padding.equals(s.padding())) {
        arms.add(
            AblationArm.of(
                padding,
                padding + " padding at inference",
                new ModelVariant.OtherPadding(padding)));
      }
    }
    return arms;
  }
}
