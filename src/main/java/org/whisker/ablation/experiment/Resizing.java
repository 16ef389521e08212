package org.whisker.ablation.experiment;

import java.util.ArrayList;
import java.util.List;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.ArmContrast;
import org.whisker.ablation.ArmContrast.Prediction;
import org.whisker.ablation.InputTransform.Resized;

/**
 * Experiment {@code resize}: images at another size than the network's, resized as in
 * preprocessing. On another canvas the same operators leave another E where no place is better than
 * another, so what decides is {@link BeyondRolled}; plain differences are described.
 */
final class Resizing {
  /** What decides. */
  static final String BEYOND = "half-bilinear, less rolled";

  private Resizing() {}

  static Ablation ablation() {
    return new Ablation(
        "resize",
        "resize",
        "images evolve at the network's size, or at half or twice that size and are then resized;"
            + " if interpolation affects the position of pixels, E is lower with resizing than at"
            + " the network's own size, by more than it is on images that are rolled by a random"
            + " offset",
        "nothing",
        s -> design());
  }

  private static Ablation.Design design() {
    AblationArm control = AblationArm.control("native", "at the network's size");
    AblationArm half =
        arm("half-bilinear", "half the size, enlarged", 0.5, Resized.Filter.BILINEAR);
    List<AblationArm> arms =
        new ArrayList<>(
            List.of(
                control,
                arm("half-nearest", "half the size, each pixel four", 0.5, Resized.Filter.NEAREST),
                half,
                arm("twice-bilinear", "twice the size, shrunk", 2, Resized.Filter.BILINEAR)));
    List<ArmContrast> contrasts =
        new ArrayList<>(Ablation.Design.againstControl(arms, Prediction.NOTHING).contrasts());
    BeyondRolled beyond = new BeyondRolled(half, control);
    arms.addAll(beyond.rolled());
    contrasts.add(beyond.contrast(BEYOND, Prediction.FALLS));
    return new Ablation.Design(arms, contrasts);
  }

  private static AblationArm arm(String name, String what, double factor, Resized.Filter filter) {
    return AblationArm.transformed(name, what, new Resized(factor, filter));
  }
}
