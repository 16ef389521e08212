package org.whisker.ablation;

import java.util.HashSet;
import java.util.List;
import org.whisker.value.Checks;

/**
 * Arms and comparisons.
 *
 * @param arms the control first
 * @param contrasts the family of Holm's correction
 */
public record AblationDesign(List<AblationArm> arms, List<ArmContrast> contrasts) {
  public AblationDesign {
    arms = List.copyOf(arms);
    contrasts = List.copyOf(contrasts);
    var names = new HashSet<String>();
    for (AblationArm arm : arms) {
      Checks.refuse(!names.add(arm.name()), "two arms are called %s", arm.name());
    }
    for (ArmContrast contrast : contrasts) {
      if (!names.containsAll(contrast.weights().keySet())) {
        throw new IllegalArgumentException(
            "contrast " + contrast.name() + " is of " + contrast.weights().keySet());
      }
    }
  }

  /** The edge index of each treatment against the control. */
  public static AblationDesign againstControl(List<AblationArm> arms, Prediction predicted) {
    AblationArm control = arms.get(0);
    return new AblationDesign(
        arms,
        arms.stream()
            .skip(1)
            .map(arm -> ArmContrast.pair(arm.name(), control.name(), Measure.EDGE_INDEX, predicted))
            .toList());
  }
}
