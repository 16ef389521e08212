package org.whisker.hypothesis;

import org.whisker.ablation.AblationArm;
import org.whisker.ablation.AblationSetting;
import org.whisker.ablation.ModelVariant;
import org.whisker.ablation.TrainingChange;

/**
 * What experiments on training share. Two networks of one recipe differ by chance, so an arm has
 * several, trained from seeds shared by all arms, and the statistical unit is a network, as the
 * mean of its runs.
 */
final class Retraining {
  static final String UNIT =
      " An arm has several networks (--networks), trained from the same seeds in each; the unit"
          + " is the network";
  static final String NEEDS = "photos to train on (--data DIR)";

  private Retraining() {}

  /** An arm whose networks are trained with this change. */
  static AblationArm arm(String name, String what, TrainingChange change, AblationSetting s) {
    return AblationArm.of(
        name, what, new ModelVariant.Retrained(change, 0, s.regime(), s.fineTuned()));
  }
}
