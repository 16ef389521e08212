package org.whisker.hypothesis;

import java.util.List;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.AblationDesign;
import org.whisker.ablation.AblationSetting;
import org.whisker.ablation.ArmContrast;
import org.whisker.ablation.Measure;
import org.whisker.ablation.Prediction;
import org.whisker.ablation.TrainingChange;

/**
 * Experiment {@code training-position}: networks trained on centred or on randomly shifted photos.
 * Networks rely more on the background the further an object is from the centre (Fatima, Jung and
 * Keuper 2025, arXiv 2505.03569).
 */
public final class TrainingCentre implements Hypothesis {
  private static final String CENTRED = "centred";
  private static final String SHIFTED = "shifted";
  private static final double ANYWHERE = 0.5;

  static final Ablation EXPERIMENT =
      new Ablation(
              "training-position",
              "networks retrained on centred photos, or on photos shifted uniformly over the canvas"
                  + " (with mirrored borders); if centred training photos cause the edge bias, E"
                  + " rises with shifted ones."
                  + Retraining.UNIT,
              Retraining.NEEDS + ", a network whose layers are known",
              TrainingCentre::design)
          .testing("training-centre");

  private static final Declaration DECLARED =
      Declaration.of(
              Topic.ORIGIN,
              Wording.of(
                      "Is it that cats are in the middle of the training photos?",
                      "the network retrained on photos that are shifted at random",
                      "centred training photos",
                      "trained on cats at any position, the network draws pixels less to the edge",
                      "trained on cats at any position, the network draws pixels as near the edge",
                      "trained on cats at any position, the network draws pixels even nearer the"
                          + " edge")
                  .ofNetworks(),
              Decisive.by(ArmContrast.pair(SHIFTED, CENTRED, Measure.EDGE_INDEX, Prediction.RISES)),
              Planned.withPhotos(EXPERIMENT))
          .shown(Exhibit.ofArmsAnd(Exhibit.NETWORKS, Exhibit.MANIPULATION));

  @Override
  public Declaration declared() {
    return DECLARED;
  }

  private static AblationDesign design(AblationSetting s) {
    String centred = "trained on the middle of photos, not moved";
    String shifted = "trained on photos moved by up to half the canvas";
    return AblationDesign.againstControl(
        List.of(
            Retraining.arm(CENTRED, centred, new TrainingChange.Shift(0), s),
            Retraining.arm(SHIFTED, shifted, new TrainingChange.Shift(ANYWHERE), s)),
        Prediction.RISES);
  }
}
