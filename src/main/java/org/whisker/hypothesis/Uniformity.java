package org.whisker.hypothesis;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.Observation;
import org.whisker.ablation.Observations;
import org.whisker.ablation.Observer;
import org.whisker.ablation.Prediction;
import org.whisker.ablation.WithheldComparison;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.position.BlockUniformity;

/**
 * Experiment {@code uniformity}: whether evolved pixels prefer any positions, in two dimensions. E
 * of ½ can hide a preference for one corner, for a diagonal, or for edge and centre at once.
 */
public final class Uniformity implements Hypothesis {
  private static final String BLOCKS = "density by blocks";
  private static final int DRAWS = 9_999;
  private static final int FEWEST = 2;

  /** Equivalence margin in shares of pixels, fixed beforehand. */
  private static final double MARGIN = 0.05;

  static final Ablation EXPERIMENT =
      Ablation.observing(
          "uniformity",
          "the density of the control's evolved pixels over 8 by 8 blocks of the canvas (fewer on"
              + " small ones), its variance against that of the same patterns, each shifted over"
              + " the borders at random; a preference for any places would make runs agree",
          Uniformity::observe);

  private static final Declaration DECLARED =
      Declaration.of(
              Topic.BIAS,
              Wording.of(
                  "Do pixels prefer any positions at all?",
                  "the density of evolved pixels over blocks of the canvas, against the same"
                      + " patterns shifted",
                  "a bias towards any positions",
                  "evolved pixels prefer some positions",
                  "evolved pixels prefer no positions",
                  "evolved pixels are spread over the canvas more evenly than by chance"),
              Decisive.by(BLOCKS),
              Planned.quick(EXPERIMENT).timed(PlanCost.at(PlanTurn.ALWAYS)))
          .ofBias()
          // Each run is shifted by itself. Under the null hypothesis the network knows no places,
          // so a run is as likely anywhere, whatever the others are. That runs agree since they
          // share a network is what is asked; shifted together they would agree as much.
          .withoutFlips();

  @Override
  public Declaration declared() {
    return DECLARED;
  }

  /**
   * How large a preference is: the share of a run's pixels in some ninths of the canvas, less that
   * of their area.
   */
  private static Observation.Uncorrected share(
      Observer.Input input, List<BlackPixels> images, String name, boolean middle) {
    Canvas canvas = images.get(0).canvas();
    double area =
        (double) IntStream.range(0, canvas.pixels()).filter(p -> isIn(canvas, p, middle)).count()
            / canvas.pixels();
    double[] each =
        images.stream()
            .mapToDouble(
                image ->
                    IntStream.of(image.indices()).filter(p -> isIn(canvas, p, middle)).count()
                            / (double) image.count()
                        - area)
            .toArray();
    return Observation.Uncorrected.mean(
        name,
        "its share of the area",
        "share of pixels",
        Prediction.NOTHING,
        each,
        MARGIN,
        input.unmarked(),
        input.random("uniformity " + name));
  }

  /** Whether a pixel lies in the middle third both across and down, or in an outer third both. */
  private static boolean isIn(Canvas canvas, int pixel, boolean middle) {
    boolean across = isMiddle(canvas.x(pixel), canvas.width());
    boolean down = isMiddle(canvas.y(pixel), canvas.height());
    return middle ? across && down : !across && !down;
  }

  private static boolean isMiddle(int at, int length) {
    return 3 * at + 1 >= length && 3 * at + 2 <= 2 * length;
  }

  private static Observations observe(Observer.Input input) {
    input.check();
    List<BlackPixels> images = input.marked();
    if (images.size() < FEWEST) {
      return Observations.Plain.withheld(
          new WithheldComparison(
              BLOCKS, "fewer than two runs have a black pixel, so none can agree"));
    }
    BlockUniformity test = BlockUniformity.of(images, DRAWS, input.random("uniformity"));
    return new Observations.Plain(
        Observation.corrected(
            List.of(
                new Observation.Uncorrected(
                    BLOCKS,
                    "the same runs shifted",
                    "excess variance of the blocks' density",
                    Prediction.LEANS,
                    test.excess(),
                    null,
                    test.p(),
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    images.size(),
                    input.unmarked()),
                share(input, images, "in the middle ninth", true),
                share(input, images, "in the four corner ninths", false))));
  }
}
