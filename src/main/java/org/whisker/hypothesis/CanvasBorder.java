package org.whisker.hypothesis;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.Ablation.AblationSetting;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.ArmContrast;
import org.whisker.ablation.ArmContrast.Prediction;
import org.whisker.ablation.ArmEvolution.InnerCanvas;
import org.whisker.ablation.Measure;
import org.whisker.evolution.operator.RegionSchedule;
import org.whisker.hypothesis.Geometry.BeyondRolled;

/**
 * Experiment {@code canvas-border}: a white margin around the area that may change.
 *
 * <p>In a smaller area the same operators leave another E where no place is better than another: on
 * a planted classifier without an edge preference the plain difference was significant in more than
 * half of the experiments. So what decides is {@code BeyondRolled}; plain differences are
 * described.
 */
public final class CanvasBorder implements Hypothesis {
  static final String BEYOND = "margin, less rolled";

  /** Margins as fractions 1/n of the shorter side. */
  private static final int[] PARTS = {32, 16, 8, 4};

  /** The margin that decides: wide enough for several strides, and most of the canvas is left. */
  private static final int DECIDING = 8;

  static final Ablation EXPERIMENT =
      new Ablation(
          "canvas-border",
          "a white margin of m pixels around the area that may change, E measured within that area;"
              + " if the edge of the canvas draws pixels, E rises when they cannot reach it (as for"
              + " any cause that acts at the edge, such as padding), by more than it does on images"
              + " that are rolled by a random offset",
          "nothing",
          CanvasBorder::design);

  private static final Declaration DECLARED =
      Declaration.of(
          Topic.CLOSES,
          Wording.of(
              "Is it the edge of the canvas?",
              "a white margin around the area that may change, E measured within that area",
              "the edge of the canvas",
              "kept away from the edge of the canvas, pixels no longer accumulate at the edge"
                  + " of their area",
              "kept away from the edge of the canvas, pixels accumulate at the edge of their"
                  + " area as much",
              "kept away from the edge of the canvas, pixels accumulate at the edge of their"
                  + " area even more"),
          Decisive.by(s -> beyond(s).contrast(BEYOND, Prediction.RISES)),
          Planned.standard(EXPERIMENT));

  @Override
  public Declaration declared() {
    return DECLARED;
  }

  private static Ablation.Design design(AblationSetting s) {
    int side = side(s);
    AblationArm control = control();
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
      BeyondRolled beyond = beyond(s);
      arms.addAll(beyond.rolled());
      contrasts.add(beyond.contrast(BEYOND, Prediction.RISES));
    }
    return new Ablation.Design(arms, contrasts);
  }

  private static int side(AblationSetting s) {
    return Math.min(s.canvas().width(), s.canvas().height());
  }

  private static AblationArm control() {
    return AblationArm.control("m0", "pixels up to the border");
  }

  private static BeyondRolled beyond(AblationSetting s) {
    return new BeyondRolled(arm(s, side(s) / DECIDING), control());
  }

  private static AblationArm arm(AblationSetting s, int margin) {
    return AblationArm.searching(
            "m" + margin,
            "white margin of " + margin + " pixels",
            o -> o.withRegions(RegionSchedule.always(InnerCanvas.region(s.canvas(), margin))))
        .within(margin);
  }
}
