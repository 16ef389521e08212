package org.whisker.ablation.experiment;

import java.util.List;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.ArmContrast.Prediction;
import org.whisker.ablation.Observation;
import org.whisker.ablation.Observed;
import org.whisker.ablation.Observer;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;

/**
 * Whether evolved pixels prefer one half of the canvas: left or right, top or bottom. E can't see
 * it, since both halves have the same edge ranks.
 */
public final class Sides {
  /** A difference of shares that does not matter; fixed beforehand. */
  private static final double MARGIN = 0.05;

  private Sides() {}

  public static Ablation ablation() {
    return Ablation.observing(
        "sides",
        "sides",
        "the share of the control's evolved pixels in the left half less that in the right one, and"
            + " of the top less the bottom, run by run; uneven padding of strided layers, or where"
            + " photos have their evidence, would make one side preferred, which E does not show",
        Sides::observe);
  }

  private static Observed observe(Observer.Input input) {
    List<BlackPixels> images = input.marked();
    return new Observed.Plain(
        Observation.corrected(
            List.of(
                halves(input, images, "left half", "right half", true),
                halves(input, images, "top half", "bottom half", false))));
  }

  private static Observation.Uncorrected halves(
      Observer.Input input, List<BlackPixels> images, String low, String high, boolean across) {
    double[] differences = images.stream().mapToDouble(i -> difference(i, across)).toArray();
    return Observation.Uncorrected.mean(
            low,
            high,
            "difference of the shares of pixels",
            Prediction.DIFFERS,
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
