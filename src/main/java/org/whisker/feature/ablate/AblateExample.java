package org.whisker.feature.ablate;

import java.util.List;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.AblationSetting;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.image.Canvas;

/** The arms of experiments without a model, for who asks what they are. */
final class AblateExample {
  private AblateExample() {}

  static List<AblationArm> arms(Ablation ablation) {
    AblationSetting setting =
        new AblationSetting(EvolutionOptions.quick(), Canvas.square(128), 0.456f, "zero", 40, 1);
    return ablation.design().apply(setting).arms();
  }
}
