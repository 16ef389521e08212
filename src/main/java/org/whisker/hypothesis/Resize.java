package org.whisker.hypothesis;

import java.util.ArrayList;
import java.util.List;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.ArmContrast;
import org.whisker.ablation.ArmContrast.Prediction;
import org.whisker.ablation.InputTransform.Resized;
import org.whisker.hypothesis.Geometry.BeyondRolled;

/**
 * Experiment {@code resize}: images at another size than the network's, resized as in
 * preprocessing. On another canvas the same operators leave another E where no place is better than
 * another, so what decides is {@code BeyondRolled}; plain differences are described.
 */
public final class Resize implements Hypothesis {
  static final String BEYOND = "half-bilinear, less rolled";

  static final Ablation EXPERIMENT =
      new Ablation(
          "resize",
          "images evolve at the network's size, or at half or twice that size and are then resized;"
              + " if interpolation affects the position of pixels, E is lower with resizing than at"
              + " the network's own size, by more than it is on images that are rolled by a random"
              + " offset",
          "nothing",
          s -> design());

  private static final Declaration DECLARED =
      Declaration.of(
          Topic.CLOSES,
          Wording.of(
              "Is it interpolation when images are resized?",
              "images that evolve at another size and are then resized",
              "resizing",
              "resized images have their pixels nearer the edge",
              "resized images have their pixels as near the edge",
              "resized images have their pixels further from the edge"),
          Decisive.by(setting -> beyond().contrast(BEYOND, Prediction.FALLS)),
          Planned.standard(EXPERIMENT));

  @Override
  public Declaration declared() {
    return DECLARED;
  }

  private static Ablation.Design design() {
    BeyondRolled beyond = beyond();
    List<AblationArm> arms =
        new ArrayList<>(
            List.of(
                beyond.control(),
                arm("half-nearest", "half the size, each pixel four", 0.5, Resized.Filter.NEAREST),
                beyond.treatment(),
                arm("twice-bilinear", "twice the size, shrunk", 2, Resized.Filter.BILINEAR)));
    List<ArmContrast> contrasts =
        new ArrayList<>(Ablation.Design.againstControl(arms, Prediction.NOTHING).contrasts());
    arms.addAll(beyond.rolled());
    contrasts.add(beyond.contrast(BEYOND, Prediction.FALLS));
    return new Ablation.Design(arms, contrasts);
  }

  private static BeyondRolled beyond() {
    return new BeyondRolled(
        arm("half-bilinear", "half the size, enlarged", 0.5, Resized.Filter.BILINEAR),
        AblationArm.control("native", "at the network's size"));
  }

  private static AblationArm arm(String name, String what, double factor, Resized.Filter filter) {
    return AblationArm.transformed(name, what, new Resized(factor, filter));
  }
}
