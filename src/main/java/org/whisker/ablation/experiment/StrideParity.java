package org.whisker.ablation.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.ArmContrast.Prediction;
import org.whisker.ablation.Observation;
import org.whisker.ablation.Observed;
import org.whisker.ablation.Observer;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.position.Residues;

/**
 * Experiment {@code stride-parity}: whether evolved pixels prefer some residues of x or y, or one
 * side, as an effect of strides.
 */
public final class StrideParity {
  /** Equivalence margin of the difference of shares, fixed beforehand. */
  private static final double MARGIN = 0.05;

  private StrideParity() {}

  public static Ablation ablation() {
    return Ablation.observing(
        "stride-parity",
        "stride-parity",
        "the control's evolved pixels by x and y modulo 2, 4, 8, 16 and 32, away from the borders,"
            + " and by halves; strides and uneven padding would favour some residues, or one side",
        StrideParity::observe);
  }

  private static Observed observe(Observer.Input input) {
    List<BlackPixels> images = input.marked();
    List<Observation.Uncorrected> drafts = new ArrayList<>();
    drafts.add(halves(input, images, "left half", "right half", true));
    drafts.add(halves(input, images, "top half", "bottom half", false));
    List<Residues> residues =
        images.isEmpty() ? List.of() : Residues.of(images, input.random("residues"));
    residues.stream()
        .filter(r -> r.inner().p().isPresent())
        .forEach(r -> drafts.add(residue(r, images.size(), input.unmarked())));
    return new Observed.ByResidue(residues, Observation.corrected(drafts));
  }

  private static Observation.Uncorrected residue(Residues r, int runs, int dropped) {
    return new Observation.Uncorrected(
        r.axis() + " modulo " + r.modulus(),
        "the same runs shifted",
        "variance of the residues' density",
        Prediction.RISES,
        r.inner().variance().orElseThrow(),
        null,
        r.inner().p().orElseThrow(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        runs,
        dropped);
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
        input.random(low));
  }

  /** Share of pixels in the left (top) half minus that in the right (bottom) one. */
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
