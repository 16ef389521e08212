package org.whisker.ablation.experiment;

import java.util.List;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.ArmContrast.Prediction;
import org.whisker.ablation.InputTransform.Resized;

/**
 * Experiment {@code resize}: images at another size than the network's, resized as in
 * preprocessing.
 */
final class Resizing {
  private Resizing() {}

  static Ablation ablation() {
    return new Ablation(
        "resize",
        "resize",
        "images evolve at the network's size, or at half or twice that size and are then resized;"
            + " if interpolation affects the position of pixels, E is lower with resizing than at"
            + " the network's own size",
        "nothing",
        s ->
            Ablation.Design.againstControl(
                List.of(
                    AblationArm.control("native", "at the network's size"),
                    arm(
                        "half-nearest",
                        "half the size, each pixel four",
                        0.5,
                        Resized.Filter.NEAREST),
                    arm("half-bilinear", "half the size, enlarged", 0.5, Resized.Filter.BILINEAR),
                    arm("twice-bilinear", "twice the size, shrunk", 2, Resized.Filter.BILINEAR)),
                Prediction.FALLS));
  }

  private static AblationArm arm(String name, String what, double factor, Resized.Filter filter) {
    return AblationArm.transformed(name, what, new Resized(factor, filter));
  }
}
