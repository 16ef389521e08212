package org.whisker.ablation.experiment;

import java.util.ArrayList;
import java.util.List;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.AblationSetting;
import org.whisker.ablation.ArmContrast.Prediction;
import org.whisker.ablation.ModelVariant;
import org.whisker.ablation.TrainingChange;

/**
 * Experiments on training. Two networks of one recipe differ by chance, so an arm has several,
 * trained from seeds shared by all arms, and the statistical unit is a network, as the mean of its
 * runs.
 *
 * <p>Position information from padding is primarily learned and depends less on the kind of padding
 * (Lin et al. 2022, arXiv 2206.01202), so padding is also changed in training. Networks rely more
 * on the background the further an object is from the centre (Fatima, Jung and Keuper 2025, arXiv
 * 2505.03569).
 */
final class Retraining {
  private static final String UNIT =
      " An arm has several networks (--networks), trained from the same seeds in each; the unit is"
          + " the network";
  private static final String NEEDS = "photos to train on (--data DIR)";
  private static final double ANYWHERE = 0.5;

  private Retraining() {}

  /** Trained and run with each padding. */
  static Ablation padding() {
    return new Ablation(
        "retrained-padding",
        "padding",
        "networks retrained with each padding and run with it; if zero padding causes the edge"
            + " bias, E rises without it."
            + UNIT,
        NEEDS + ", a network whose padding can be swapped",
        Retraining::paddings);
  }

  private static Ablation.Design paddings(AblationSetting s) {
    List<AblationArm> arms = new ArrayList<>();
    arms.add(arm(s.padding(), "trained with its own padding", new TrainingChange.None(), s));
    for (String padding : Paddings.ALL) {
      if (!padding.equals(s.padding())) {
        String what = "trained and run with " + padding + " padding";
        arms.add(arm(padding, what, new TrainingChange.Padding(padding), s));
      }
    }
    return Ablation.Design.againstControl(arms, Prediction.RISES);
  }

  /** Trained on centred or randomly shifted photos. */
  static Ablation position() {
    return new Ablation(
        "training-position",
        "training-centre",
        "networks retrained on centred photos, or on photos shifted uniformly over the canvas (with"
            + " mirrored borders); if centred training photos cause the edge bias, E rises with"
            + " shifted ones."
            + UNIT,
        NEEDS + ", a network whose layers are known",
        Retraining::positions);
  }

  private static Ablation.Design positions(AblationSetting s) {
    String centred = "trained on the middle of photos, not moved";
    String shifted = "trained on photos moved by up to half the canvas";
    return Ablation.Design.againstControl(
        List.of(
            arm("centred", centred, new TrainingChange.Shift(0), s),
            arm("shifted", shifted, new TrainingChange.Shift(ANYWHERE), s)),
        Prediction.RISES);
  }

  /** With a flattening head or global pooling. */
  static Ablation head() {
    return new Ablation(
        "head",
        "head",
        "networks retrained with the model's flattening head, whose weights depend on position, or"
            + " with global pooling, whose weights do not; if the head causes the edge bias, E"
            + " rises with pooling."
            + UNIT,
        NEEDS + ", a VGG-16 with a flattening head",
        Retraining::heads);
  }

  private static Ablation.Design heads(AblationSetting s) {
    String flattening = "trained with a flattening head as the model has";
    return Ablation.Design.againstControl(
        List.of(
            arm("flattening", flattening, new TrainingChange.NewHead(false), s),
            arm(
                "pooled",
                "trained with global pooling before one linear layer",
                new TrainingChange.NewHead(true),
                s)),
        Prediction.RISES);
  }

  private static AblationArm arm(
      String name, String what, TrainingChange change, AblationSetting s) {
    return AblationArm.of(
        name, what, new ModelVariant.Retrained(change, 0, s.regime(), s.fineTuned()));
  }
}
