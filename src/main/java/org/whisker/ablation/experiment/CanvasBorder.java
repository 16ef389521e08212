package org.whisker.ablation.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.AblationSetting;
import org.whisker.ablation.ArmContrast;
import org.whisker.ablation.ArmContrast.Prediction;
import org.whisker.ablation.InnerCanvas;
import org.whisker.ablation.Measure;
import org.whisker.evolution.operator.RegionSchedule;

/**
 * Experiment {@code canvas-border}: a white margin around the area that may change.
 *
 * <p>In a smaller area the same operators leave another E where no place is better than another: on
 * a planted classifier without an edge preference the plain difference was significant in more than
 * half of the experiments. So what decides is {@link BeyondRolled}; plain differences are
 * described.
 */
final class CanvasBorder {
  /** What decides. */
  static final String BEYOND = "margin, less rolled";

  /** Margins as fractions 1/n of the shorter side. */
  private static final int[] PARTS = {32, 16, 8, 4};

  /** The margin that decides: wide enough for several strides, and most of the canvas is left. */
  private static final int DECIDING = 8;

  private CanvasBorder() {}

  static Ablation ablation() {
    return new Ablation(
        "canvas-border",
        "canvas-border",
        "a white margin of m pixels around the area that may change, E measured within that area;"
            + " if the edge of the canvas draws pixels, E rises when they cannot reach it (as for"
            + " any cause that acts at the edge, such as padding), by more than it does on images"
            + " that are rolled by a random offset",
        "nothing",
        CanvasBorder::design);
  }

  private static Ablation.Design design(AblationSetting s) {
    int side = Math.min(s.canvas().width(), s.canvas().height());
    AblationArm control = AblationArm.control("m0", "pixels up to the border");
    List<AblationArm> arms = new ArrayList<>();
    List<ArmContrast> contrasts = new ArrayList<>();
    arms.add(control);
    IntStream.of(PARTS)
        .map(part -> side / part)
        .filter(margin -> margin > 0)
        .distinct()
        .forEach(
            margin -> {
              AblationArm arm = arm(s, margin);
              arms.add(arm);
              contrasts.add(
                  ArmContrast.pair(
                      arm.name(), control.name(), Measure.EDGE_INDEX, Prediction.NOTHING));
            });
    if (side >= DECIDING) {
      BeyondRolled beyond = new BeyondRolled(arm(s, side / DECIDING), control);
      arms.addAll(beyond.rolled());
      contrasts.add(beyond.contrast(BEYOND, Prediction.RISES));
    }
    return new Ablation.Design(arms, contrasts);
  }

  private static AblationArm arm(AblationSetting s, int margin) {
    return AblationArm.searching(
            "m" + margin,
            "white margin of " + margin + " pixels",
            o -> o.withRegions(RegionSchedule.always(InnerCanvas.region(s.canvas(), margin))))
        .within(margin);
  }
}
