package org.whisker.hypothesis;

import java.util.ArrayList;
import java.util.List;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.AblationDesign;
import org.whisker.ablation.AblationSetting;
import org.whisker.ablation.ArmContrast;
import org.whisker.ablation.Measure;
import org.whisker.ablation.ModelVariant;
import org.whisker.ablation.Prediction;
import org.whisker.ablation.TrainingChange;

/**
 * Experiment {@code padding}: the padding of all convolutions, replaced at inference. Filters that
 * respond to the border are found in most networks trained with static padding (padding aware
 * neurons, arXiv 2309.08048). Position information from padding is primarily learned and depends
 * less on the kind of padding (Lin et al. 2022, arXiv 2206.01202), so {@code retrained-padding}
 * also changes it in training.
 */
public final class Padding implements Hypothesis {
  /** The only one under which every position is alike. */
  private static final String CIRCULAR = "circular";

  static final List<String> ALL = List.of("zero", "reflect", "replicate", CIRCULAR);

  static final Ablation EXPERIMENT =
      new Ablation(
          "padding",
          "the same weights with another padding, from the same seeds; if the contrast of"
              + " padding and white draws pixels to the edge, pixels move inwards",
          "a network whose padding can be swapped, with feature maps large enough to reflect",
          s -> AblationDesign.againstControl(arms(s), Prediction.RISES));

  /** Trained and run with each padding. */
  static final Ablation RETRAINED =
      new Ablation(
              "retrained-padding",
              "networks retrained with each padding and run with it; if zero padding causes the"
                  + " edge bias, E rises without it."
                  + Retraining.UNIT,
              Retraining.NEEDS + ", a network whose padding can be swapped",
              Padding::retrained)
          .testing("padding");

  private static final Declaration DECLARED =
      Declaration.of(
              Topic.CLOSES,
              Wording.of(
                  "Is it the contrast of zero padding with white?",
                  "the same weights with another padding, evolved from the same seeds",
                  "zero padding",
                  "with another padding, pixels move inwards",
                  "with another padding, pixels lie as near the edge",
                  "with another padding, pixels lie even nearer the edge"),
              Decisive.by(
                  s ->
                      ArmContrast.pair(
                          CIRCULAR, s.padding(), Measure.EDGE_INDEX, Prediction.RISES)),
              // in the quick budget PlaceParts says what padding has to do with it: images evolved
              // under circular padding cost a third of all searches there, and on the small models
              // come to no verdict
              Planned.standard(EXPERIMENT),
              Planned.withPhotos(RETRAINED))
          .shown(Exhibit.ofArmsAnd(Exhibit.NETWORKS));

  @Override
  public Declaration declared() {
    return DECLARED;
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

  private static AblationDesign retrained(AblationSetting s) {
    List<AblationArm> arms = new ArrayList<>();
    arms.add(
        Retraining.arm(s.padding(), "trained with its own padding", new TrainingChange.None(), s));
    for (String padding : ALL) {
      if (!padding.equals(s.padding())) {
        String what = "trained and run with " + padding + " padding";
        arms.add(Retraining.arm(padding, what, new TrainingChange.Padding(padding), s));
      }
    }
    return AblationDesign.againstControl(arms, Prediction.RISES);
  }
}
