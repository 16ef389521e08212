package org.whisker.ablation;

import java.util.List;
import org.whisker.ablation.ArmContrast.Prediction;
import org.whisker.evolution.operator.RegionSchedule;

/**
 * Experiment on the region in which pixels may change, with the cost of a cat in the centre and at
 * the edge.
 */
public final class Regions {
  static final String CENTRE_ONLY = "centre-only";
  static final String EDGE_ONLY = "edge-only";
  private static final String EVERYWHERE = "everywhere";
  private static final String CENTRE_FIRST = "centre-first";

  private Regions() {}

  public static Ablation ablation() {
    return new Ablation(
        "regions",
        "founders",
        "pixels held to the middle quarter, to the outer quarter, or to the middle at first and"
            + " then released; if only the start decided, the released ones would stay nearer the"
            + " centre; beside it, what a cat costs in both quarters",
        "nothing",
        Regions::design,
        List.of(PriceRatios::of));
  }

  private static Ablation.Design design(AblationSetting s) {
    return new Ablation.Design(
        List.of(
            AblationArm.control(EVERYWHERE, "pixels anywhere"),
            AblationArm.searching(
                CENTRE_ONLY,
                "pixels in the middle quarter of the canvas only",
                o -> o.withRegions(RegionSchedule.always(CentreAndEdge.centre(s.canvas())))),
            AblationArm.searching(
                EDGE_ONLY,
                "pixels in the outer quarter only",
                o -> o.withRegions(RegionSchedule.always(CentreAndEdge.edge(s.canvas())))),
            AblationArm.searching(
                CENTRE_FIRST,
                "in the middle quarter for " + s.held() + " generations, then anywhere",
                o -> CentreAndEdge.heldTo(o, CentreAndEdge.centre(s.canvas()), s.held()))),
        List.of(
            ArmContrast.pair(CENTRE_ONLY, EVERYWHERE, Measure.P_CAT, Prediction.NOTHING),
            ArmContrast.pair(EDGE_ONLY, EVERYWHERE, Measure.P_CAT, Prediction.NOTHING),
            ArmContrast.pair(CENTRE_ONLY, EDGE_ONLY, Measure.P_CAT, Prediction.NOTHING),
            ArmContrast.pair(CENTRE_FIRST, EVERYWHERE, Measure.EDGE_INDEX, Prediction.RISES)));
  }
}
