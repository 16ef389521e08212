package org.whisker.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.whisker.classifier.Preprocessing;
import org.whisker.image.GrayImage;
import org.whisker.image.PlanarImage;
import org.whisker.image.Raster;
import org.whisker.network.Network;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.Attribution.Attributions;
import org.whisker.saliency.Attribution.Diagnostic;
import org.whisker.saliency.CamOptions.Upsampling;
import org.whisker.saliency.Fill;
import org.whisker.saliency.Method;
import org.whisker.saliency.Method.Need;
import org.whisker.saliency.MethodSettings;
import org.whisker.saliency.MethodSettings.Baseline;
import org.whisker.saliency.MethodSettings.NoiseOptions;
import org.whisker.saliency.MethodSettings.QuadratureSteps;
import org.whisker.saliency.MethodSettings.RiseOptions;
import org.whisker.saliency.MethodSettings.ShapleyOptions;
import org.whisker.saliency.OcclusionOptions;
import org.whisker.saliency.OcclusionOptions.OcclusionBorder;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.faithfulness.DeletionInsertion;
import org.whisker.saliency.faithfulness.Infidelity;
import org.whisker.saliency.faithfulness.Infidelity.Perturbation;
import org.whisker.saliency.faithfulness.MaxSensitivity;
import org.whisker.saliency.method.InputGradient;
import org.whisker.saliency.method.Methods;

/** Maps of pictures in colours, by a network with a mean and a deviation for each channel. */
class ColourMapsTest {
  private static final Network NETWORK = TinyNets.vgg(3, 40);

  /** Draw noise for each channel, or take the size of what a channel has. */
  private static final Set<String> OF_EACH_CHANNEL =
      Set.of("absolute-gradient", "smoothgrad", "vargrad", "gradient-shap");

  private static final MethodSettings SETTINGS =
      new MethodSettings(
          Baseline.white(),
          QuadratureSteps.fixed(5),
          new NoiseOptions(3, 0.1, 8),
          "features.12",
          Upsampling.NEAREST,
          new OcclusionOptions(8, 6, 5, Fill.white(), OcclusionBorder.WRAP),
          4,
          1,
          new RiseOptions(20, 4, 0.5, new Fill.Mean(), 2),
          new ShapleyOptions(4, 3));

  private static TorchClassifier open() {
    return new TorchClassifier(
        "colour",
        NETWORK,
        Map.of(),
        TinyNets.weights(NETWORK),
        new Preprocessing(List.of(0.4f, 0.5f, 0.6f), List.of(0.2f, 0.25f, 0.3f)),
        TorchClassifier.Settings.cpu(Precision.FLOAT32),
        3,
        Optional.empty());
  }

  private static PlanarImage colours() {
    List<GrayImage> planes = TinyNets.pictures(NETWORK, 3);
    float[] values = planes.get(0).in(3).values();
    planes.get(1).paint(values, values.length / 3);
    planes.get(2).paint(values, 2 * values.length / 3);
    return planes.get(0).with(values);
  }

  /** What these pictures or this network have not. */
  private static final List<Need> NEEDS_MORE =
      List.of(Need.BLACK_PIXELS, Need.ATTENTION, Need.POSITIONS);

  private static Attribution map(Method method, TorchClassifier by, Raster picture) {
    return new Attributions(by, SETTINGS, 8, done -> {}, () -> false)
        .of(method, picture)
        .orElseThrow();
  }

  @Test
  void threeEqualPlanesHaveTheMapOfTheirGray() {
    GrayImage gray = TinyNets.pictures(NETWORK, 1).get(0);
    try (TorchClassifier it = open()) {
      for (Method method : Methods.all()) {
        if (NEEDS_MORE.contains(method.need()) || OF_EACH_CHANNEL.contains(method.label())) {
          continue;
        }
        float[] expected = map(method, it, gray).map().values();
        float[] found = map(method, it, gray.in(3)).map().values();
        double error = TinyNets.relative(expected, found);
        assertTrue(error < 1e-3, method + ": " + error);
      }
    }
  }

  @Test
  void everyMethodTakesColoursAndOcclusionIsThatOfFullPasses() {
    try (TorchClassifier it = open()) {
      for (Method method : Methods.all()) {
        if (!NEEDS_MORE.contains(method.need())) {
          Attribution found = map(method, it, colours());
          assertEquals(it.canvas(), found.map().canvas(), method.label());
          assertTrue(found.diagnostic(Diagnostic.LARGEST_DIFFERENCE).orElse(0) < 1e-4);
        }
      }
    }
  }

  @Test
  void whatIntegratedGradientsLackOfTheLogitIsSaid() {
    try (TorchClassifier it = open()) {
      Attribution found = map(Methods.named("integrated-gradients"), it, colours());
      double sum = 0;
      for (float value : found.map().values()) {
        sum += value;
      }
      double error = found.diagnostic(Diagnostic.COMPLETENESS_ERROR).orElseThrow();
      float logit = it.logits(List.of(colours()))[0];
      double baseline = found.diagnostic(Diagnostic.BASELINE_LOGIT).orElseThrow();
      assertEquals(logit - baseline, sum - error, 1e-4);
    }
  }

  @Test
  void testsOfMapsTakeColours() {
    try (TorchClassifier it = open()) {
      PlanarImage picture = colours();
      SaliencyMap map = map(InputGradient.METHOD, it, picture).map();
      DeletionInsertion.Options deletion =
          new DeletionInsertion.Options(
              5, false, new Fill.Mean(), DeletionInsertion.Order.TOWARDS_CAT, 2, 1, 3);
      assertTrue(
          DeletionInsertion.of(it, picture, map, deletion, 8, done -> {}, () -> false).isPresent());
      // noise that is the same in each channel is what a map of sums predicts
      Infidelity.Options noise = new Infidelity.Options(new Perturbation.Gaussian(0.001), 20, 4);
      Infidelity infidelity =
          Infidelity.of(it, picture, map, noise, 8, done -> {}, () -> false).orElseThrow();
      assertTrue(infidelity.value() < 0.2 * infidelity.ofZeroMap(), infidelity.toString());
      MaxSensitivity.Options near = new MaxSensitivity.Options(2, 0.01, 5);
      MaxSensitivity sensitivity =
          MaxSensitivity.of(
                  each -> map(InputGradient.METHOD, it, each).map(),
                  picture,
                  near,
                  done -> {},
                  () -> false)
              .orElseThrow();
      assertTrue(sensitivity.largest() > 0);
    }
  }
}
