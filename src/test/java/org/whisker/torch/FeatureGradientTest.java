package org.whisker.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.whisker.classifier.FeatureClassifier.Features;
import org.whisker.image.GrayImage;
import org.whisker.network.FoldedBatchNorm;
import org.whisker.network.InceptionResNetV2;
import org.whisker.network.Layer.Parameter;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Network.Node;
import org.whisker.network.Vgg16;
import org.whisker.weights.BatchNormFolding;
import org.whisker.weights.Weights;
import org.whisker.weights.Weights.Tensor;

/** Derivatives at layers: against finite differences, and tied together by the chain rule. */
class FeatureGradientTest {
  static List<Network> both() {
    return TinyNets.all();
  }

  private static String layer(Network network, String vgg, String inception, String mobile) {
    return switch (network.name()) {
      case Vgg16.NAME -> vgg;
      case InceptionResNetV2.NAME -> inception;
      default -> mobile;
    };
  }

  private static float[] gradient(Features features) {
    FeatureShape shape = features.shape();
    float[] values = new float[Math.toIntExact(shape.size())];
    int i = 0;
    for (int c = 0; c < shape.channels(); c++) {
      for (int y = 0; y < shape.height(); y++) {
        for (int x = 0; x < shape.width(); x++) {
          values[i++] = features.gradient(c, y, x);
        }
      }
    }
    return values;
  }

  /** Where everything passes one vector, the derivatives on both sides of it must multiply. */
  @ParameterizedTest
  @MethodSource("both")
  void bothSidesOfAVectorMakeTheInputGradient(Network network) {
    List<GrayImage> pictures = TinyNets.pictures(network, 2);
    String layer = layer(network, "classifier.0", "global_pool", "avgpool");
    try (TorchClassifier it = TinyNets.classifier(network, Precision.FLOAT32, 2)) {
      for (GrayImage picture : pictures) {
        float[] expected = it.inputGradients(List.of(picture)).get(0);
        float[] above = gradient(it.features(layer, List.of(picture)).get(0));
        float[] found = it.unitGradients(layer, 0, 0, above, List.of(picture)).get(0);
        assertTrue(TinyNets.relative(expected, found) < 1e-4);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("both")
  void theEndsAreTheInputGradientAndOne(Network network) {
    List<GrayImage> pictures = TinyNets.pictures(network, 1);
    String last = network.output().name();
    try (TorchClassifier it = TinyNets.classifier(network, Precision.FLOAT32, 1)) {
      float[] expected = it.inputGradients(pictures).get(0);
      float[] input = gradient(it.features("input", pictures).get(0));
      float[] unit = it.unitGradients(last, 0, 0, new float[] {1}, pictures).get(0);
      for (int i = 0; i < input.length; i++) {
        input[i] /= 0.25f; // the preprocessing's deviation
      }
      assertTrue(TinyNets.relative(expected, input) < 1e-5);
      assertTrue(TinyNets.relative(expected, unit) < 1e-5);
      Features logit = it.features(last, pictures).get(0);
      assertEquals(1, logit.gradient(0, 0, 0));
    }
    // in float32 a logit is computed by fused layers, which round otherwise
    try (TorchClassifier it = TinyNets.classifier(network, Precision.FLOAT64, 1)) {
      Features logit = it.features(last, pictures).get(0);
      float expected64 = it.logits(pictures)[0]; // by passes of another shape
      assertEquals(expected64, logit.activation(0, 0, 0), Math.ulp(expected64));
    }
  }

  /** A convolution's bias moves its whole output, so the gradients there must sum to its slope. */
  @ParameterizedTest
  @CsvSource({"features.3, 40, 72", "features.10, 40, 72", "features.40, 64, 33"})
  void gradientsSumToTheSlopeByABias(String layer, int height, int width) {
    Network network = TinyNets.vgg(new FeatureShape(1, height, width));
    int channel = 1;
    List<GrayImage> pictures = TinyNets.pictures(network, 1);
    Weights weights = TinyNets.weights(network);
    float step = 1e-3f;
    double[] logits = new double[2];
    for (int side = 0; side < 2; side++) {
      Weights moved = moved(network, weights, layer + ".bias", channel, side == 0 ? -step : step);
      try (TorchClassifier it = TinyNets.classifier(network, moved, Precision.FLOAT32, 1)) {
        logits[side] = it.logits(pictures)[0];
      }
    }
    try (TorchClassifier it = TinyNets.classifier(network, weights, Precision.FLOAT32, 1)) {
      Features features = it.features(layer, pictures).get(0);
      double sum = 0;
      FeatureShape shape = features.shape();
      for (int i = 0; i < shape.height() * shape.width(); i++) {
        sum += features.gradient(channel, i / shape.width(), i % shape.width());
      }
      double slope = (logits[1] - logits[0]) / (2 * step);
      assertEquals(sum, slope, 0.03 * Math.abs(sum) + 1e-4, layer);
    }
  }

  private static Weights moved(
      Network network, Weights weights, String name, int index, float step) {
    Map<String, Tensor> tensors = new HashMap<>();
    for (Parameter parameter : network.parameters()) {
      float[] values = new float[Math.toIntExact(parameter.size())];
      weights.floats(parameter.name()).get(values);
      if (parameter.name().equals(name)) {
        values[index] += step;
      }
      tensors.put(parameter.name(), Tensor.of(parameter.shape(), values));
    }
    return Weights.of(tensors);
  }

  /** The middle unit of a layer, moved by a step along its own gradient. */
  @ParameterizedTest
  @MethodSource("both")
  void unitGradientPredictsASmallStep(Network network) {
    GrayImage picture = TinyNets.pictures(network, 1).get(0);
    String layer = layer(network, "features.16", "conv2d_2b", "features.4");
    try (TorchClassifier it = TinyNets.classifier(network, Precision.FLOAT32, 2)) {
      FeatureShape shape = it.shape(layer);
      int y = shape.height() / 2;
      int x = shape.width() / 2;
      float[] signs = new float[shape.channels()];
      for (int c = 0; c < signs.length; c++) {
        signs[c] = c % 3 == 0 ? -1 : 1;
      }
      float[] gradient = it.unitGradients(layer, y, x, signs, List.of(picture)).get(0);
      double square = 0;
      for (float g : gradient) {
        square += (double) g * g;
      }
      assertTrue(square > 0);
      double step = 1e-3 / Math.sqrt(square);
      List<Features> ends =
          it.features(
              layer, List.of(moved(picture, gradient, step), moved(picture, gradient, -step)));
      double difference = 0;
      for (int c = 0; c < signs.length; c++) {
        float upper = ends.get(0).activation(c, y, x);
        difference += signs[c] * ((double) upper - ends.get(1).activation(c, y, x));
      }
      assertEquals(square, difference / (2 * step), 0.03 * square);
    }
  }

  private static GrayImage moved(GrayImage picture, float[] direction, double step) {
    float[] values = picture.values();
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) (step * direction[i]);
    }
    return new GrayImage(picture.canvas(), values);
  }

  @ParameterizedTest
  @MethodSource("both")
  void batchesDoNotMatter(Network network) {
    List<GrayImage> pictures = TinyNets.pictures(network, 5);
    String layer = layer(network, "features.23", "mixed_5b", "features.7");
    try (TorchClassifier one = TinyNets.classifier(network, Precision.FLOAT32, 1)) {
      List<Features> expected = one.features(layer, pictures);
      for (int batch : new int[] {2, 3, 64}) {
        try (TorchClassifier many = TinyNets.classifier(network, Precision.FLOAT32, batch)) {
          List<Features> found = many.features(layer, pictures);
          int same = 0;
          for (int i = 0; i < pictures.size(); i++) {
            double off = TinyNets.relative(gradient(expected.get(i)), gradient(found.get(i)));
            same += off < 1e-4 ? 1 : 0;
            assertTrue(off < 0.03, network.name() + " picture " + i + ": " + off);
          }
          // an activation may lie within rounding of where its derivative jumps
          assertTrue(same >= pictures.size() - 1, network.name() + ": " + same);
        }
      }
    }
  }

  @Test
  void aFoldedNormKeepsItsNameAndItsOutput() {
    Network network = TinyNets.vgg(1, 40);
    List<GrayImage> pictures = TinyNets.pictures(network, 1);
    BatchNormFolding folded = BatchNormFolding.of(network, TinyNets.weights(network));
    Map<String, Node> folds = FoldedBatchNorm.of(network).folds();
    try (TorchClassifier plain = TinyNets.classifier(network, Precision.FLOAT32, 1);
        TorchClassifier it =
            new TorchClassifier(
                "folded",
                folded.network(),
                folds,
                folded.weights(),
                TinyNets.PREPROCESSING,
                TorchClassifier.Settings.cpu(Precision.FLOAT32),
                1,
                Optional.empty())) {
      assertTrue(plain.layers().contains("features.0"));
      assertFalse(it.layers().contains("features.0"));
      assertTrue(plain.layers().containsAll(it.layers()));
      assertEquals("features.2", it.stages().get(0));
      // the norm, then the stage after it
      for (String layer : List.of("features.1", "features.2", "features.42")) {
        float[] expected = gradient(plain.features(layer, pictures).get(0));
        float[] found = gradient(it.features(layer, pictures).get(0));
        assertTrue(TinyNets.relative(expected, found) < 1e-4, layer);
      }
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> it.features("features.0", pictures));
      String message = String.valueOf(e.getMessage());
      assertTrue(message.startsWith("no layer features.0 in vgg16; layers: input, features.1"));
    }
  }

  @Test
  void bfloat16StaysNear() {
    Network network = TinyNets.vgg(1, 40);
    List<GrayImage> pictures = TinyNets.pictures(network, 1);
    try (TorchClassifier exact = TinyNets.classifier(network, Precision.FLOAT32, 1);
        TorchClassifier coarse = TinyNets.classifier(network, Precision.BFLOAT16, 1)) {
      // near the head, where few units sit on the edge of their ReLU
      Features expected = exact.features("features.43", pictures).get(0);
      Features found = coarse.features("features.43", pictures).get(0);
      double error = TinyNets.relative(gradient(expected), gradient(found));
      assertTrue(error < 0.2, "relative error " + error);
    }
  }

  @Test
  void refusesWhatIsNotThere() {
    Network network = TinyNets.vgg(1, 40);
    List<GrayImage> pictures = TinyNets.pictures(network, 1);
    try (TorchClassifier it = TinyNets.classifier(network, Precision.FLOAT32, 1)) {
      int channels = it.shape("features.5").channels();
      float[] all = new float[channels];
      assertThrows(
          IllegalArgumentException.class,
          () -> it.unitGradients("features.5", 40, 0, all, pictures));
      assertThrows(
          IllegalArgumentException.class,
          () -> it.unitGradients("features.5", 0, 0, new float[channels + 1], pictures));
      Features features = it.features("features.5", pictures).get(0);
      assertThrows(IndexOutOfBoundsException.class, () -> features.activation(channels, 0, 0));
      assertThrows(IndexOutOfBoundsException.class, () -> features.gradient(0, 0, 40));
    }
  }
}
