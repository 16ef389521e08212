package org.whisker.ablation.experiment;

import java.util.List;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.AblationSetting;
import org.whisker.ablation.ArmContrast;
import org.whisker.ablation.ArmContrast.Prediction;
import org.whisker.ablation.CentreAndEdge;
import org.whisker.ablation.Measure;

/** Experiment {@code founders}: the positions of the founders' pixels. */
final class FounderPlaces {
  private static final String UNIFORM = "uniform";

  private FounderPlaces() {}

  static Ablation ablation() {
    return new Ablation(
        "founders",
        "founders",
        "founders' pixels anywhere, in the middle quarter, or in the outer quarter; if the start"
            + " matters, final pixels lie near where they started",
        "nothing",
        FounderPlaces::design);
  }

  private static Ablation.Design design(AblationSetting s) {
    return new Ablation.Design(
        List.of(
            AblationArm.control(UNIFORM, "founders' pixels anywhere"),
            AblationArm.searching(
                "centre",
                "founders' pixels in the middle quarter",
                o -> CentreAndEdge.heldTo(o, CentreAndEdge.centre(s.canvas()), 1)),
            AblationArm.searching(
                "edge",
                "founders' pixels in the outer quarter",
                o -> CentreAndEdge.heldTo(o, CentreAndEdge.edge(s.canvas()), 1))),
        List.of(
            ArmContrast.pair("centre", UNIFORM, Measure.EDGE_INDEX, Prediction.RISES),
            ArmContrast.pair("edge", UNIFORM, Measure.EDGE_INDEX, Prediction.FALLS)));
  }
}
