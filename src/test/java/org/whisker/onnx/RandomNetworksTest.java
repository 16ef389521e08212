package org.whisker.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.classifier.Preprocessing;
import org.whisker.image.GrayImage;
import org.whisker.network.Layer;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;

/**
 * Random networks with linear layers anywhere, with branches and with several readers of one map
 * give what ONNX Runtime gives, and give it in every precision and in every way of running them.
 */
class RandomNetworksTest {
  private static final FeatureShape SHAPE = new FeatureShape(3, 13, 12);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})
  void giveWhatOnnxRuntimeGivesInEveryPrecision(int seed) throws Exception {
    Path file = new RandomNetwork(new Random(seed), SHAPE, 2).write(folder.resolve("net.onnx"));
    GrayImage picture = OnnxRuntime.picture(SHAPE, 1 + seed);
    float[] wanted = OnnxRuntime.outputs(file, SHAPE, picture);
    OnnxModel model = OnnxModel.read(file, Optional.empty());
    for (Precision precision : Precision.values()) {
      float[] found =
          OnnxRuntime.outputs(model, model.network().output().name(), picture, precision);
      double difference = OnnxRuntime.difference(wanted, found);
      double most = precision == Precision.BFLOAT16 ? 0.05 : 1e-4;
      assertTrue(difference < most, precision + " differs by " + difference);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})
  void scoreAndAreDifferentiatedInBfloat16(int seed) throws Exception {
    Path file = new RandomNetwork(new Random(seed), SHAPE, 2).write(folder.resolve("net.onnx"));
    OnnxModel model = OnnxModel.read(file, Optional.empty());
    List<GrayImage> pictures =
        IntStream.range(0, 5).mapToObj(i -> OnnxRuntime.picture(SHAPE, i)).toList();
    Network network = model.network().withLast("one logit", new Layer.ClassLogit(2, List.of(0)));
    try (TorchClassifier exact = open(network, model, Precision.FLOAT64);
        TorchClassifier rounded = open(network, model, Precision.BFLOAT16)) {
      float[] wanted = exact.logits(pictures);
      float[] found = rounded.logits(pictures);
      double difference = OnnxRuntime.difference(wanted, found);
      assertTrue(difference < 0.05, "differs by " + difference);
      // a matrix product of one row is rounded otherwise than one of five
      assertEquals(found[2], rounded.logits(pictures.subList(2, 3))[0], 1e-6);
      assertFinite(rounded.inputGradients(pictures));
      assertFinite(rounded.rescaled(pictures.subList(0, 2), pictures.subList(3, 5)));
    }
  }

  private static void assertFinite(List<float[]> maps) {
    for (float[] map : maps) {
      assertEquals(SHAPE.height() * SHAPE.width(), map.length);
      for (float value : map) {
        assertTrue(Float.isFinite(value));
      }
    }
  }

  private static TorchClassifier open(Network network, OnnxModel model, Precision precision) {
    return new TorchClassifier(
        "random",
        network,
        model.weights(),
        new Preprocessing(0.4f, 0.3f),
        TorchClassifier.Settings.cpu(precision));
  }
}
