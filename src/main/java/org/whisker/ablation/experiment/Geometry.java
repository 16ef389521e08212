package org.whisker.ablation.experiment;

import java.util.List;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.ArmContrast;
import org.whisker.ablation.ArmContrast.Prediction;
import org.whisker.ablation.InputTransform;
import org.whisker.ablation.Measure;

/**
 * Experiment {@code geometry}: whether there is a positional bias at all. Under selection,
 * operators, founders and border handling need not leave E at ½ even if no position is better than
 * another. So the null is measured: the same search on images that are rolled by a random offset.
 */
final class Geometry {
  static final String EVOLVED = "evolved";
  static final String ROLLED = "rolled";

  private Geometry() {}

  static Ablation ablation() {
    return new Ablation(
        "geometry",
        "geometry",
        "evolved images against those of the same search in which the network sees every image"
            + " rolled over the borders by an offset drawn for each run: equally difficult, but"
            + " without a preferred position; if there is no edge bias beyond geometry and the"
            + " operators, E is the same (each arm is also reported against ½, the E of random"
            + " pixels on any canvas)",
        "nothing",
        setting -> new Ablation.Design(arms(), contrasts()));
  }

  private static List<AblationArm> arms() {
    return List.of(AblationArm.control(EVOLVED, "pixels anywhere"), rolled());
  }

  /** The null of a search: as difficult, without a preferred position. */
  static AblationArm rolled() {
    return AblationArm.transformed(
        ROLLED, "image rolled by an offset drawn for each run", new InputTransform.Rolled());
  }

  private static List<ArmContrast> contrasts() {
    return List.of(
        ArmContrast.pair(EVOLVED, ROLLED, Measure.EDGE_INDEX, Prediction.STAYS),
        ArmContrast.chance(EVOLVED, Prediction.NOTHING),
        ArmContrast.chance(ROLLED, Prediction.NOTHING));
  }
}
