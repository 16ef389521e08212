package org.whisker.hypothesis;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.AblationDesign;
import org.whisker.ablation.ArmContrast;
import org.whisker.ablation.InputTransform;
import org.whisker.ablation.Measure;
import org.whisker.ablation.Prediction;

/**
 * Experiment {@code geometry}: whether there is a positional bias at all. Under selection,
 * operators, founders and border handling need not leave E at ½ even if no position is better than
 * another. So the null is measured: the same search on images that are rolled by a random offset.
 */
public final class Geometry implements Hypothesis {
  static final String EVOLVED = "evolved";
  static final String ROLLED = "rolled";
  private static final ArmContrast AGAINST_ROLLED =
      ArmContrast.pair(EVOLVED, ROLLED, Measure.EDGE_INDEX, Prediction.STAYS);
  private static final String ALIKE =
      "evolved pixels lie where the same search without a preference puts them";

  static final Ablation EXPERIMENT =
      new Ablation(
          "geometry",
          "evolved images against those of the same search in which the network sees every image"
              + " rolled over the borders by an offset drawn for each run: equally difficult, but"
              + " without a preferred position; if there is no edge bias beyond geometry and the"
              + " operators, E is the same (each arm is also reported against ½, the E of random"
              + " pixels on any canvas)",
          "nothing",
          setting -> new AblationDesign(arms(), contrasts()));

  private static final Declaration DECLARED =
      Declaration.of(
              Topic.BIAS,
              new Wording(
                  "Do pixels lie nearer the edge or the centre than by chance?",
                  "the edge index of evolved images against that of the same search without a"
                      + " positional preference: the network sees every image rolled by a random"
                      + " offset",
                  "a bias towards edge or centre",
                  (effect, nothing) ->
                      nothing == 0 ? ALIKE : "evolved pixels lie where random pixels would",
                  ALIKE,
                  Geometry::biased,
                  "runs",
                  true),
              Decisive.by(AGAINST_ROLLED),
              Planned.quick(EXPERIMENT).timed(PlanCost.at(PlanTurn.ALWAYS)))
          .ofBias();

  @Override
  public Declaration declared() {
    return DECLARED;
  }

  /** Says in which direction they differ. */
  private static String biased(OptionalDouble effect, double nothing) {
    return effect.isEmpty()
        ? "evolved pixels do not lie where the same search without a preference puts them"
        : "evolved pixels lie nearer the %s than %s would"
            .formatted(
                effect.getAsDouble() < nothing ? "edge" : "centre",
                nothing == 0 ? "the same search without a preference" : "random pixels");
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
        AGAINST_ROLLED,
        ArmContrast.chance(EVOLVED, Prediction.NOTHING),
        ArmContrast.chance(ROLLED, Prediction.NOTHING));
  }

  /**
   * Two arms whose searches differ, each less itself behind a random roll of the image (see {@link
   * Geometry}). Another search, or the same on a smaller or coarser canvas, leaves another E where
   * no place is better than another; what it does on rolled images is just that, at the same
   * difficulty.
   *
   * @param treatment whose excess over its rolled self is compared
   * @param control with that of this one
   */
  record BeyondRolled(AblationArm treatment, AblationArm control) {
    private static final AblationArm ROLL = Geometry.rolled();

    /** The arms on rolled images: the control and the treatment. */
    List<AblationArm> rolled() {
      return List.of(control.with(ROLL), treatment.with(ROLL));
    }

    /** (treatment − rolled treatment) − (control − rolled control), of E. */
    ArmContrast contrast(String name, Prediction predicted) {
      return contrast(name, Measure.EDGE_INDEX, predicted);
    }

    /** (treatment − rolled treatment) − (control − rolled control), of another measure than E. */
    ArmContrast contrast(String name, Measure measure, Prediction predicted) {
      Map<String, Double> weights = new LinkedHashMap<>();
      weights.put(treatment.name(), 1.0);
      weights.put(treatment.with(ROLL).name(), -1.0);
      weights.put(control.name(), -1.0);
      weights.put(control.with(ROLL).name(), 1.0);
      return new ArmContrast(name, control.name(), weights, 0, measure, predicted);
    }
  }
}
