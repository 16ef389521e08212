package org.whisker.ablation.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.AblationSetting;
import org.whisker.ablation.ArmContrast.Prediction;
import org.whisker.ablation.InnerCanvas;
import org.whisker.evolution.operator.RegionSchedule;

/** Experiment {@code canvas-border}: a white margin around the area that may change. */
final class CanvasBorder {
  /** Margins as fractions 1/n of the shorter side. */
  private static final int[] PARTS = {32, 16, 8, 4};

  private CanvasBorder() {}

  static Ablation ablation() {
    return new Ablation(
        "canvas-border",
        "canvas-border",
        "a white margin of m pixels around the area that may change, E measured within that area;"
            + " if the edge of the canvas draws pixels, E rises to ½ when they cannot reach it (as"
            + " for any cause that acts at the edge, such as padding)",
        "nothing",
        s -> Ablation.Design.againstControl(arms(s), Prediction.RISES));
  }

  private static List<AblationArm> arms(AblationSetting s) {
    int side = Math.min(s.canvas().width(), s.canvas().height());
    List<AblationArm> arms = new ArrayList<>();
    arms.add(AblationArm.control("m0", "pixels up to the border"));
    IntStream.of(PARTS)
        .map(part -> side / part)
        .filter(margin -> margin > 0)
        .distinct()
        .forEach(
            margin ->
                arms.add(
                    AblationArm.searching(
                            "m" + margin,
                            "white margin of " + margin + " pixels",
                            o ->
                                o.withRegions(
                                    RegionSchedule.always(InnerCanvas.region(s.canvas(), margin))))
                        .within(margin)));
    return arms;
  }
}
