package org.whisker.ablation.experiment;

import java.util.List;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.ArmContrast;
import org.whisker.ablation.ArmContrast.Prediction;

/** Whether there is anything to explain. */
final class Geometry {
  private static final String EVOLVED = "evolved";

  private Geometry() {}

  static Ablation ablation() {
    return new Ablation(
        "geometry",
        "geometry",
        "evolved images against as many random pixels, whose edge index is ½ on any canvas: most"
            + " pixels are near an edge anyway, and E takes that out; if that were all, E would be"
            + " ½",
        "nothing",
        setting ->
            new Ablation.Design(
                List.of(AblationArm.control(EVOLVED, "pixels anywhere")),
                List.of(ArmContrast.chance(EVOLVED, Prediction.STAYS))));
  }
}
