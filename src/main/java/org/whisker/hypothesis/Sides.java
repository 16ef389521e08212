package org.whisker.hypothesis;

import java.util.List;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.Observation;
import org.whisker.ablation.Observations;
import org.whisker.ablation.Observer;
import org.whisker.ablation.Prediction;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;

/**
 * Whether evolved pixels prefer one half of the canvas: left or right, top or bottom. E can't see
 * it, since both halves have the same edge ranks.
 */
public final class Sides implements Hypothesis {
  /** A difference of shares that does not matter; fixed beforehand. */
  private static final double MARGIN = 0.05;

  private static final String LEFT = "left half";
  private static final String TOP = "top half";

  static final Ablation EXPERIMENT =
      Ablation.observing(
          "sides",
          "the share of the control's evolved pixels in the left half less that in the right"
              + " one, and of the top less the bottom, run by run; uneven padding of strided"
              + " layers, or photos with evidence on one side, would make pixels prefer a"
              + " side, which E does not show",
          Sides::observe);

  private static final Declaration DECLARED =
      Declaration.of(
              Topic.BIAS,
              Wording.of(
                  "Do pixels prefer one side?",
                  "the shares of evolved pixels in the left and right half, and in the top and"
                      + " bottom one",
                  "a bias towards one side",
                  "evolved pixels prefer one half of the canvas",
                  "evolved pixels prefer no half of the canvas",
                  "evolved pixels prefer no half of the canvas"),
              Decisive.byClearest(List.of(LEFT, TOP)::contains),
              Planned.quick(EXPERIMENT).timed(PlanCost.at(PlanTurn.ALWAYS)))
          .ofBias();

  @Override
  public Declaration declared() {
    return DECLARED;
  }

  private static Observations observe(Observer.Input input) {
    List<BlackPixels> images = input.marked();
    return new Observations.Plain(
        Observation.corrected(
            List.of(
                halves(input, images, LEFT, "right half", true),
                halves(input, images, TOP, "bottom half", false))));
  }

  private static Observation.Uncorrected halves(
      Observer.Input input, List<BlackPixels> images, String low, String high, boolean across) {
    double[] differences = images.stream().mapToDouble(i -> difference(i, across)).toArray();
    return Observation.Uncorrected.mean(
            low,
            high,
            "difference of the shares of pixels",
            Prediction.LEANS,
            differences,
            MARGIN,
            input.unmarked(),
            input.random(low))
        .ofDifferences(differences, input.random(low + " interval"));
  }

  /** Share of pixels in the left (top) half less that in the right (bottom) one. */
  public static double difference(BlackPixels image, boolean across) {
    Canvas canvas = image.canvas();
    int sum = 0;
    for (int index : image.indices()) {
      int twice = across ? 2 * canvas.x(index) + 1 : 2 * canvas.y(index) + 1;
      sum += Integer.signum((across ? canvas.width() : canvas.height()) - twice);
    }
    return sum / (double) image.count();
  }
}
