package org.whisker.hypothesis;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.ArmContrast;
import org.whisker.ablation.ArmContrast.Prediction;
import org.whisker.ablation.Measure;

/**
 * Two arms whose searches differ, each less itself behind a random roll of the image (see {@link
 * Geometry}). Another search, or the same on a smaller or coarser canvas, leaves another E where no
 * place is better than another; what it does on rolled images is just that, at the same difficulty.
 *
 * @param treatment whose excess over its rolled self is compared
 * @param control with that of this one
 */
record BeyondRolled(AblationArm treatment, AblationArm control) {
  private static final AblationArm ROLL = Geometry.rolled();

  /** Both arms on rolled images. */
  List<AblationArm> rolled() {
    return List.of(control.with(ROLL), treatment.with(ROLL));
  }

  /** (treatment − rolled treatment) − (control − rolled control), of E. */
  ArmContrast contrast(String name, Prediction predicted) {
    Map<String, Double> weights = new LinkedHashMap<>();
    weights.put(treatment.name(), 1.0);
    weights.put(treatment.with(ROLL).name(), -1.0);
    weights.put(control.name(), -1.0);
    weights.put(control.with(ROLL).name(), 1.0);
    return new ArmContrast(name, control.name(), weights, 0, Measure.EDGE_INDEX, predicted);
  }
}
