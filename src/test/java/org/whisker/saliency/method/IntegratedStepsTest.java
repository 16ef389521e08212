package org.whisker.saliency.method;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Raster;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.Attribution.Diagnostic;
import org.whisker.saliency.MethodSettings.Baseline;
import org.whisker.saliency.MethodSettings.QuadratureSteps;
import org.whisker.saliency.SaliencyMethod.MethodInput;

/** Steps are raised until the map adds up, and no further. */
class IntegratedStepsTest {
  private static final Canvas CANVAS = new Canvas(1, 1);
  private static final GrayImage WHITE = GrayImage.filled(CANVAS, 1);

  /** Logit = slope · max(0, gray − kink); at a slope that is too steep no quadrature sees it. */
  private record Kinked(float kink, float slope) implements DifferentiableClassifier {
    @Override
    public String name() {
      return "kinked";
    }

    @Override
    public Canvas canvas() {
      return CANVAS;
    }

    @Override
    public float[] logits(List<? extends Raster> pictures) {
      float[] logits = new float[pictures.size()];
      for (int i = 0; i < logits.length; i++) {
        logits[i] = slope * Math.max(0, pictures.get(i).grayValues()[0] - kink);
      }
      return logits;
    }

    @Override
    public List<float[]> inputGradients(List<? extends Raster> pictures) {
      return pictures.stream()
          .map(picture -> new float[] {picture.grayValues()[0] > kink ? slope : 0})
          .toList();
    }

    @Override
    public void close() {}
  }

  private static Attribution explain(Kinked classifier, int steps) {
    MethodInput input = new MethodInput(classifier, WHITE, 8, done -> {}, () -> false);
    return new IntegratedGradients(Baseline.black(), QuadratureSteps.from(steps))
        .explain(input)
        .orElseThrow();
  }

  private static double steps(Attribution map) {
    return map.diagnostic(Diagnostic.STEPS).orElseThrow();
  }

  private static double error(Attribution map) {
    return Math.abs(map.diagnostic(Diagnostic.COMPLETENESS_ERROR).orElseThrow());
  }

  @Test
  void aSmoothPathKeepsItsSteps() {
    Attribution linear = explain(new Kinked(0, 2), 5);
    assertEquals(5, steps(linear));
    assertEquals(0, error(linear), 1e-6);
  }

  @Test
  void aKinkTakesAsManyAsItNeeds() {
    Kinked kinked = new Kinked(0.37f, 2);
    Attribution found = explain(kinked, 5);
    assertTrue(steps(found) > 5 && steps(found) <= 80, "" + steps(found));
    assertTrue(error(found) <= 0.01 * 2 * 0.63, "" + error(found));
    Attribution fewer =
        new Attribution.Builder(
                IntegratedGradients.METHOD,
                new IntegratedGradients(Baseline.black(), 5).maps(kinked, List.of(WHITE), 8).get(0))
            .build();
    assertTrue(Math.abs(fewer.map().at(0) - 2 * 0.63) > 0.01 * 2 * 0.63, "five don't do");
  }

  @Test
  void aNumberThatIsFixedStays() {
    MethodInput input = new MethodInput(new Kinked(0.37f, 2), WHITE, 8, done -> {}, () -> false);
    Attribution fixed = new IntegratedGradients(Baseline.black(), 3).explain(input).orElseThrow();
    assertEquals(3, steps(fixed));
    assertTrue(error(fixed) > 0.01 * 2 * 0.63, "though it does not add up");
  }

  @Test
  void whatIsFarOffIsNotTriedWithMore() {
    Attribution never = explain(new Kinked(0.9999f, 10_000), 2);
    assertEquals(2, steps(never));
    assertTrue(error(never) > 0.5, "" + error(never));
  }

  @Test
  void noMoreStepsAreTakenThanAreAllowed() {
    Attribution limited = explain(new Kinked(0.6f, 1), 5);
    assertEquals(80, steps(limited));
    assertTrue(error(limited) > 0.01 * 0.4, "" + error(limited));
  }
}
