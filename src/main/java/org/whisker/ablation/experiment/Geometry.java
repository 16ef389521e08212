package org.whisker.ablation.experiment;

import java.util.List;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.ArmContrast;
import org.whisker.ablation.ArmContrast.Prediction;

/** Experiment {@code geometry}: whether there is an edge bias at all. */
final class Geometry {
  private static final String EVOLVED = "evolved";

  private Geometry() {}

  static Ablation ablation() {
    return new Ablation(
        "geometry",
        "geometry",
        "evolved images against the same number of random pixels, whose edge index is ½ on any"
            + " canvas: many pixels are near an edge anyway, and E accounts for that; without an"
            + " edge bias, E is ½",
        "nothing",
        setting ->
            new Ablation.Design(
                List.of(AblationArm.control(EVOLVED, "pixels anywhere")),
                List.of(ArmContrast.chance(EVOLVED, Prediction.STAYS))));
  }
}
