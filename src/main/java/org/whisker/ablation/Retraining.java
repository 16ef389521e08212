package org.whisker.ablation;

import java.util.ArrayList;
import java.util.List;
import org.whisker.ablation.ArmContrast.Prediction;

/**
 * Experiments on what a network is trained with: each arm has a network of its own. The cause acts
 * on the network, and an arm has one; its runs say how surely two networks differ, not whether two
 * recipes do. So nothing gets a verdict. One more network of the control's recipe, from another
 * seed, shows how much networks differ without any cause.
 */
final class Retraining {
  private static final String UNIT =
      " The unit is the network, and an arm has one: a difference smaller than that of two networks"
          + " of one recipe (the last arm, trained from another seed) is no effect of the cause,"
          + " whatever its p; so there are no verdicts. Other networks: --train-seed";
  private static final String NEEDS = "photos to train on (--data DIR)";
  private static final double ANYWHERE = 0.5;

  private Retraining() {}

  /** With each padding, and run with it. */
  static Ablation padding() {
    return new Ablation(
        "retrained-padding",
        "padding",
        "networks trained anew as the model was, with each padding, and run with their own; if zero"
            + " padding put pixels at the edge, E would rise without it."
            + UNIT,
        NEEDS + ", a network whose padding can be swapped",
        Retraining::paddings);
  }

  private static Ablation.Design paddings(AblationSetting s) {
    List<AblationArm> treatments = new ArrayList<>();
    for (String padding : Paddings.ALL) {
      if (!padding.equals(s.padding())) {
        String what = "trained and run with " + padding + " padding";
        treatments.add(arm(padding, what, new TrainingChange.Padding(padding), 0, s));
      }
    }
    String own = "trained as the model was, with " + s.padding() + " padding";
    return design(s.padding(), own, new TrainingChange.None(), treatments, s);
  }

  /** On photos in the middle of the canvas, or anywhere. */
  static Ablation position() {
    return new Ablation(
        "training-position",
        "training-centre",
        "networks trained anew as the model was, but on photos whose middle is the canvas's, or lies"
            + " equally often anywhere (mirrored where the photo ends); if cats in the middle of"
            + " photos put pixels at the edge, E would rise when they are not."
            + UNIT,
        NEEDS + ", a network whose layers are known",
        Retraining::positions);
  }

  private static Ablation.Design positions(AblationSetting s) {
    AblationArm shifted =
        arm(
            "shifted",
            "trained on photos moved by up to half the canvas",
            new TrainingChange.Shift(ANYWHERE),
            0,
            s);
    return design(
        "centred",
        "trained on the middle of photos, not moved",
        new TrainingChange.Shift(0),
        List.of(shifted),
        s);
  }

  /** With hidden layers that see places, or pooled. */
  static Ablation head() {
    return new Ablation(
        "head",
        "head",
        "networks trained anew as the model was, with its flattening head, whose weights can be tied"
            + " to places, or with global pooling, whose can't; if the head put pixels at the edge,"
            + " E would rise when it is pooled."
            + UNIT,
        NEEDS + ", a VGG-16 with a flattening head",
        Retraining::heads);
  }

  private static Ablation.Design heads(AblationSetting s) {
    AblationArm pooled =
        arm("pooled", "trained with global pooling", new TrainingChange.PooledHead(), 0, s);
    return design(
        "flattening",
        "trained as the model was, with its flattening head",
        new TrainingChange.None(),
        List.of(pooled),
        s);
  }

  private static AblationArm arm(
      String name, String what, TrainingChange change, int repetition, AblationSetting s) {
    return AblationArm.of(name, what, new ModelVariant.Retrained(change, repetition, s.regime()));
  }

  /** The control, the treatments, and another network of the control's recipe. */
  private static Ablation.Design design(
      String name,
      String what,
      TrainingChange change,
      List<AblationArm> treatments,
      AblationSetting s) {
    List<AblationArm> arms = new ArrayList<>();
    arms.add(arm(name, what, change, 0, s));
    arms.addAll(treatments);
    arms.add(arm(name + "-again", what + ", from another seed", change, 1, s));
    return Ablation.Design.againstControl(arms, Prediction.NOTHING);
  }
}
