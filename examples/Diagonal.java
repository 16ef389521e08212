import java.util.List;
import java.util.stream.IntStream;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.Observation;
import org.whisker.ablation.Observations;
import org.whisker.ablation.Observer;
import org.whisker.ablation.Prediction;
import org.whisker.hypothesis.Decisive;
import org.whisker.hypothesis.Declaration;
import org.whisker.hypothesis.Hypothesis;
import org.whisker.hypothesis.Planned;
import org.whisker.hypothesis.Topic;
import org.whisker.hypothesis.Wording;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;

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
          Planned.quick(EXPERIMENT));

  @Override
  public Declaration declared() {
    return DECLARED;
  }

  private static Observations observe(Observer.Input input) {
    double[] differences = input.marked().stream().mapToDouble(Diagonal::difference).toArray();
    return new Observations.Plain(
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
}
