package org.whisker.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.network.Layer.Parameter;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.Attribution.Attributions;
import org.whisker.saliency.Attribution.Diagnostic;
import org.whisker.saliency.CamOptions.Upsampling;
import org.whisker.saliency.Fill;
import org.whisker.saliency.Method;
import org.whisker.saliency.MethodSettings;
import org.whisker.saliency.MethodSettings.Baseline;
import org.whisker.saliency.MethodSettings.NoiseOptions;
import org.whisker.saliency.MethodSettings.QuadratureSteps;
import org.whisker.saliency.MethodSettings.RiseOptions;
import org.whisker.saliency.MethodSettings.ShapleyOptions;
import org.whisker.saliency.OcclusionOptions;
import org.whisker.saliency.OcclusionOptions.OcclusionBorder;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.method.Methods;
import org.whisker.saliency.method.Methods.GradientShap;
import org.whisker.weights.InitialWeights;
import org.whisker.weights.Weights;
import org.whisker.weights.Weights.Tensor;

/** Every method on a small oblong network, one that learned nothing, and one that is constant. */
class AttributionsOnNetworksTest {
  private static final Network OBLONG = TinyNets.vgg(new FeatureShape(1, 33, 40));
  private static final Canvas CANVAS = new Canvas(40, 33);
  private static final BlackPixels IMAGE = BlackPixels.of(CANVAS, 5, 300, 301, 620, 1000, 1319);

  private static final Map<String, TorchClassifier> OPENED = new HashMap<>();

  static List<Method> methods() {
    return Methods.all().stream().filter(method -> !method.need().isOfTokens()).toList();
  }

  private static Attribution run(Method method, TorchClassifier classifier, int batch) {
    MethodSettings settings =
        new MethodSettings(
            Baseline.white(),
            QuadratureSteps.from(5),
            new NoiseOptions(3, 0.1, 8),
            "features.12",
            Upsampling.NEAREST,
            new OcclusionOptions(8, 6, 5, Fill.white(), OcclusionBorder.WRAP),
            4,
            1,
            new RiseOptions(40, 4, 0.5, Fill.white(), 2),
            new ShapleyOptions(4, 3));
    return new Attributions(classifier, settings, batch, done -> {}, () -> false)
        .of(method, IMAGE)
        .orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("methods")
  void batchesDoNotMatter(Method method) {
    TorchClassifier it = opened("formula", TinyNets.weights(OBLONG));
    SaliencyMap expected = run(method, it, 1).map();
    assertEquals(method.label(), expected.method());
    for (int batch : new int[] {2, 3, 64}) {
      double error = TinyNets.relative(expected.values(), run(method, it, batch).map().values());
      // at one of its random places a rounding flips a ReLU
      double tolerance = method.equals(GradientShap.METHOD) ? 0.02 : 1e-4;
      assertTrue(error < tolerance, method + " in batches of " + batch + ": " + error);
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aConstantNetworkHasZeroMaps(Method method) {
    Map<String, Tensor> zeros = new HashMap<>();
    for (Parameter p : OBLONG.parameters()) {
      zeros.put(p.name(), Tensor.of(p.shape(), new float[Math.toIntExact(p.size())]));
    }
    assertTrue(run(method, opened("constant", Weights.of(zeros)), 64).map().isZero());
  }

  @ParameterizedTest
  @MethodSource("methods")
  void anUntrainedNetworkHasMaps(Method method) {
    Attribution found =
        run(method, opened("untrained", InitialWeights.of(OBLONG.parameters(), 4)), 64);
    assertEquals(CANVAS, found.map().canvas());
    assertTrue(found.diagnostic(Diagnostic.LARGEST_DIFFERENCE).orElse(0) < 1e-4);
  }

  /** The network with these weights, opened once for all methods. */
  private static TorchClassifier opened(String name, Weights weights) {
    return OPENED.computeIfAbsent(
        name, each -> TinyNets.classifier(OBLONG, weights, Precision.FLOAT32, 64));
  }

  @AfterAll
  static void close() {
    OPENED.values().forEach(TorchClassifier::close);
    OPENED.clear();
  }
}
