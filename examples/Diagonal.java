import java.util.List;
import java.util.stream.IntStream;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.ArmContrast.Prediction;
import org.whisker.ablation.Observation;
import org.whisker.ablation.Observer;
import org.whisker.ablation.Observer.Observed;
import org.whisker.hypothesis.Decisive;
import org.whisker.hypothesis.Expectation;
import org.whisker.hypothesis.Expectation.Expected;
import org.whisker.hypothesis.Hypothesis;
import org.whisker.hypothesis.Hypothesis.Declaration;
import org.whisker.hypothesis.Hypothesis.Topic;
import org.whisker.hypothesis.Hypothesis.Wording;
import org.whisker.hypothesis.Planned;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.planted.Plant;
import org.whisker.planted.PlantMaps;
import org.whisker.planted.PlantedFormula;
import org.whisker.planted.Plants;

/** A hypothesis: whether evolved pixels prefer the upper right of the canvas or the lower left. */
public final class Diagonal implements Hypothesis {
  private static final String CORNER = "upper right";
  private static final double MARGIN = 0.05;

  private static final Ablation EXPERIMENT =
      Ablation.observing(
          "diagonal",
          "the share of the control's evolved pixels to the upper right of the diagonal less that"
              + " to its lower left, run by run; if one corner is preferred, they differ",
          Diagonal::observe);

  private static final Plant PLANT =
      Plant.known(
          "diagonal",
          "pixels to the upper right of the diagonal are worth more",
          circumstances -> PlantedFormula.blank().withGain(gains()));

  private static final Declaration DECLARED =
      Declaration.of(
              Topic.BIAS,
              Wording.of(
                  "Do pixels prefer the upper right or the lower left?",
                  "the shares of evolved pixels on either side of the diagonal",
                  "a preference for one corner",
                  "evolved pixels prefer one side of the diagonal",
                  "evolved pixels prefer no side of the diagonal",
                  "evolved pixels prefer no side of the diagonal"),
              Decisive.by(CORNER),
              Planned.quick(EXPERIMENT))
          .plants(PLANT)
          .expected(
              List.of(
                  Expectation.on(PLANT, Expected.SUPPORTED, "the upper right is worth more"),
                  Expectation.on(Plants.SIDES, Expected.SUPPORTED, "so is the right half"),
                  Expectation.on(
                      Plants.STRIDES, Expected.ANY, "odd columns lie a little to the right"),
                  Expectation.elsewhere(
                      Expected.NO_EFFECT, "the formula is the same with x and y exchanged")));

  @Override
  public Declaration declared() {
    return DECLARED;
  }

  private static Observed observe(Observer.Input input) {
    double[] differences = input.marked().stream().mapToDouble(Diagonal::difference).toArray();
    return new Observed.Plain(
        Observation.corrected(
            List.of(
                Observation.Uncorrected.mean(
                    CORNER,
                    "lower left",
                    "difference of the shares of pixels",
                    Prediction.DIFFERS,
                    differences,
                    MARGIN,
                    input.unmarked(),
                    input.random(CORNER)))));
  }

  private static double difference(BlackPixels image) {
    Canvas canvas = image.canvas();
    return IntStream.of(image.indices())
        .map(p -> Integer.signum(canvas.x(p) - canvas.y(p)))
        .average()
        .orElseThrow();
  }

  private static double[] gains() {
    Canvas canvas = PlantMaps.CANVAS;
    return IntStream.range(0, canvas.pixels())
        .mapToDouble(p -> canvas.x(p) > canvas.y(p) ? 0.2 : 0.06)
        .toArray();
  }
}
