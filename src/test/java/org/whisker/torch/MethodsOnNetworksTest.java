package org.whisker.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.whisker.classifier.FeatureClassifier;
import org.whisker.image.GrayImage;
import org.whisker.network.Layer.Parameter;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.saliency.CamOptions;
import org.whisker.saliency.EffectiveReceptiveField.CentreUnit;
import org.whisker.saliency.LayerProfile;
import org.whisker.saliency.MethodSettings.Baseline;
import org.whisker.saliency.MethodSettings.NoiseOptions;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.SaliencyMethod.BatchedMethod;
import org.whisker.saliency.method.AbsoluteGradient;
import org.whisker.saliency.method.GradCam;
import org.whisker.saliency.method.GradCamPlusPlus;
import org.whisker.saliency.method.GradientTimesInput;
import org.whisker.saliency.method.InputGradient;
import org.whisker.saliency.method.IntegratedGradients;
import org.whisker.saliency.method.SmoothGrad;
import org.whisker.saliency.method.SmoothGrad.VarGrad;
import org.whisker.weights.InitialWeights;
import org.whisker.weights.Weights;
import org.whisker.weights.Weights.Tensor;

/** Every gradient method on small networks, oblong ones and ones that learned nothing. */
class MethodsOnNetworksTest {
  private static final Network OBLONG = TinyNets.vgg(new FeatureShape(1, 33, 40));

  static List<BatchedMethod<? super FeatureClassifier>> methods() {
    NoiseOptions noise = new NoiseOptions(3, 0.1, 8);
    CamOptions cam = CamOptions.at("features.12");
    return List.of(
        new InputGradient(),
        new AbsoluteGradient(),
        new GradientTimesInput(Baseline.white()),
        new SmoothGrad(noise),
        new VarGrad(noise),
        new IntegratedGradients(Baseline.white(), 5),
        new GradCam(cam),
        new GradCamPlusPlus(cam));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void batchesDoNotMatter(BatchedMethod<? super FeatureClassifier> method) {
    List<GrayImage> pictures = TinyNets.pictures(OBLONG, 3);
    try (TorchClassifier it = TinyNets.classifier(OBLONG, Precision.FLOAT32, 64)) {
      List<SaliencyMap> expected = method.maps(it, pictures, 1);
      assertEquals(3, expected.size());
      for (int batch : new int[] {2, 3, 64}) {
        List<SaliencyMap> found = method.maps(it, pictures, batch);
        for (int i = 0; i < 3; i++) {
          SaliencyMap map = found.get(i);
          assertEquals(it.canvas(), map.canvas());
          assertEquals(method.method().label(), map.method());
          assertFalse(map.isZero());
          double error = TinyNets.relative(expected.get(i).values(), map.values());
          assertTrue(error < 1e-4, method + " in batches of " + batch + ": " + error);
        }
      }
    }
  }

  private static Weights zeros(Network network) {
    Map<String, Tensor> tensors = new HashMap<>();
    for (Parameter p : network.parameters()) {
      tensors.put(p.name(), Tensor.of(p.shape(), new float[Math.toIntExact(p.size())]));
    }
    return Weights.of(tensors);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aConstantNetworkHasZeroMaps(BatchedMethod<? super FeatureClassifier> method) {
    List<GrayImage> pictures = TinyNets.pictures(OBLONG, 2);
    try (TorchClassifier it = TinyNets.classifier(OBLONG, zeros(OBLONG), Precision.FLOAT32, 64)) {
      for (SaliencyMap map : method.maps(it, pictures, 2)) {
        assertTrue(map.isZero());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void anUntrainedNetworkHasMaps(BatchedMethod<? super FeatureClassifier> method) {
    Weights untrained = InitialWeights.of(OBLONG.parameters(), 4);
    List<GrayImage> pictures = TinyNets.pictures(OBLONG, 1);
    try (TorchClassifier it = TinyNets.classifier(OBLONG, untrained, Precision.FLOAT32, 64)) {
      assertFalse(method.maps(it, pictures, 64).get(0).isZero());
    }
  }

  @Test
  void integratedGradientsAddUpToTheDifferenceOfLogits() {
    List<GrayImage> pictures = TinyNets.pictures(OBLONG, 2);
    try (TorchClassifier it = TinyNets.classifier(OBLONG, Precision.FLOAT32, 64)) {
      IntegratedGradients fine = new IntegratedGradients(Baseline.gray(), 300);
      for (IntegratedGradients.Result result : fine.results(it, pictures, 64)) {
        double difference = result.logit() - result.baselineLogit();
        assertTrue(Math.abs(result.completenessError()) < 0.02 * Math.abs(difference));
      }
    }
  }

  @Test
  void profilesOfAllLayersHaveTheGridOfEach() {
    List<GrayImage> pictures = TinyNets.pictures(OBLONG, 2);
    try (TorchClassifier it = TinyNets.classifier(OBLONG, Precision.FLOAT32, 2)) {
      List<LayerProfile> profiles = LayerProfile.of(it, it.layers(), pictures, 4, 1);
      assertEquals(it.layers(), profiles.stream().map(LayerProfile::layer).toList());
      for (LayerProfile profile : profiles) {
        FeatureShape shape = it.shape(profile.layer());
        assertEquals(shape, profile.shape());
        int places = profile.bins().stream().mapToInt(bin -> bin.where().pixels()).sum();
        assertEquals(shape.height() * shape.width(), places);
      }
    }
  }

  @Test
  void theCentreUnitSeesTheMiddleOnly() {
    List<GrayImage> pictures = TinyNets.pictures(OBLONG, 1);
    try (TorchClassifier it = TinyNets.classifier(OBLONG, Precision.FLOAT32, 1)) {
      // two 3x3 convolutions: row 16 and column 20, and two pixels around them
      float[] other = CentreUnit.randomSigns(it, "features.3", 7).ofCentre(pictures).get(0);
      float[] signs = CentreUnit.randomSigns(it, "features.3", 6).ofCentre(pictures).get(0);
      assertTrue(TinyNets.relative(other, signs) > 0.1);
      for (int i = 0; i < other.length; i++) {
        boolean near = Math.abs(i / 40 - 16) <= 2 && Math.abs(i % 40 - 20) <= 2;
        assertTrue(near || (other[i] == 0 && signs[i] == 0), "pixel " + i);
      }
      assertTrue(other[16 * 40 + 20] != 0);
    }
  }
}
