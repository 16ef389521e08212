package org.whisker.hypothesis;

import java.util.List;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.AblationDesign;
import org.whisker.ablation.AblationSetting;
import org.whisker.ablation.ArmContrast;
import org.whisker.ablation.Measure;
import org.whisker.ablation.Prediction;
import org.whisker.ablation.TrainingChange;

/** Experiment {@code head}: networks trained with a flattening head or with global pooling. */
public final class Head implements Hypothesis {
  private static final String FLATTENING = "flattening";
  private static final String POOLED = "pooled";

  static final Ablation EXPERIMENT =
      new Ablation(
          "head",
          "networks retrained with the model's flattening head, whose weights depend on position,"
              + " or with global pooling, whose weights do not; if the head causes the edge bias, E"
              + " rises with pooling."
              + Retraining.UNIT,
          Retraining.NEEDS + ", a VGG-16 with a flattening head",
          Head::design);

  private static final Declaration DECLARED =
      Declaration.of(
              Topic.CLOSES,
              Wording.of(
                      "Is it a fully connected head, whose weights depend on position?",
                      "the same network with a flattening head and with global pooling",
                      "the fully connected head",
                      "with the other head, pixels move inwards",
                      "with the other head, pixels lie as near the edge",
                      "with the other head, pixels lie even nearer the edge")
                  .ofNetworks(),
              Decisive.by(
                  ArmContrast.pair(POOLED, FLATTENING, Measure.EDGE_INDEX, Prediction.RISES)),
              Planned.withPhotos(EXPERIMENT))
          .shown(Exhibit.ofArmsAnd(Exhibit.NETWORKS));

  @Override
  public Declaration declared() {
    return DECLARED;
  }

  private static AblationDesign design(AblationSetting s) {
    String flattening = "trained with a flattening head as the model has";
    return AblationDesign.againstControl(
        List.of(
            Retraining.arm(FLATTENING, flattening, new TrainingChange.NewHead(false), s),
            Retraining.arm(
                POOLED,
                "trained with global pooling before one linear layer",
                new TrainingChange.NewHead(true),
                s)),
        Prediction.RISES);
  }
}
