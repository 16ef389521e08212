package org.whisker.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.whisker.classifier.Preprocessing;
import org.whisker.image.BlackPixels;
import org.whisker.image.GrayImage;
import org.whisker.network.Layer;
import org.whisker.network.Network;
import org.whisker.network.PathCounts;
import org.whisker.network.TokenOperation;
import org.whisker.network.UnitField;
import org.whisker.network.Window.Padding;
import org.whisker.saliency.method.Methods;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;

/**
 * Narrow networks of many families with random weights, exported by PyTorch at opsets 9 to 18
 * (src/test/python/export_onnx.py --small and --tokens), and some of them converted to opsets 8 and
 * 21, give what ONNX Runtime gives.
 */
class OnnxParityTest {
  private static final Path FOLDER = Path.of("src/test/resources/onnx");

  static Stream<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(f -> f.toString().endsWith(".onnx")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void givesWhatOnnxRuntimeGives(Path file) throws Exception {
    OnnxModel model = OnnxModel.read(file, Optional.empty());
    GrayImage picture = OnnxRuntime.picture(model.network().input(), 1);
    float[] wanted = OnnxRuntime.outputs(file, model.network().input(), picture);
    float[] found = OnnxRuntime.outputs(model, picture);
    if (model.ending() == OnnxModel.Ending.SOFTMAX) {
      found = OnnxRuntime.softmax(found);
    }
    assertTrue(OnnxRuntime.difference(wanted, found) < 1e-5, () -> file + " differs");
    float[] rounded = OnnxRuntime.rounded(model, picture);
    if (model.ending() == OnnxModel.Ending.SOFTMAX) {
      rounded = OnnxRuntime.softmax(rounded);
    }
    double difference = OnnxRuntime.difference(wanted, rounded);
    assertTrue(difference < 0.02, () -> file + " differs in bfloat16 by " + difference);
  }

  /** What is derived from the graph without a run is there for every family. */
  @ParameterizedTest
  @MethodSource("files")
  void knowsFieldsAndPaths(Path file) throws Exception {
    Network network = OnnxModel.read(file, Optional.empty()).network();
    assertEquals(network.nodes().size(), UnitField.of(network).size());
    if (network.nodes().stream().anyMatch(n -> n.layer() instanceof TokenOperation.Product)) {
      assertTrue(
          PathCounts.refusal(network, network.lastFeatureMap())
              .orElse("")
              .startsWith("paths can't be counted through attention: layer "));
      return;
    }
    for (Padding padding : Padding.values()) {
      if (isTooSmall(network, padding)) {
        continue;
      }
      PathCounts paths = PathCounts.of(network.withPadding(padding), network.lastFeatureMap());
      double mean = 0;
      for (double each : paths.relative()) {
        assertTrue(each >= 0, "a negative number of paths");
        mean += each / paths.relative().length;
      }
      assertEquals(1, mean, 1e-9);
    }
  }

  /** Maps of a few positions, which the files have for want of size, can't be reflected. */
  private static boolean isTooSmall(Network network, Padding padding) {
    try {
      return network.withPadding(padding).padding() != padding;
    } catch (IllegalArgumentException e) {
      assertTrue(String.valueOf(e.getMessage()).contains("too small to"), e.getMessage());
      assertTrue(padding == Padding.REFLECT || padding == Padding.CIRCULAR, padding.label());
      return true;
    }
  }

  @Test
  void namesLayersAsTheFileDoes() throws Exception {
    Network network = OnnxModel.read(FOLDER.resolve("resnet.onnx"), Optional.empty()).network();
    assertTrue(network.position("layer2.0.conv1") > network.position("layer1.0.conv1"));
    assertEquals("fc", network.output().name());
    assertEquals(
        "stride16",
        network.stages().keySet().stream().filter("stride16"::equals).findFirst().orElse(""));
  }

  /** Before anything is computed, so that the other methods of {@code all} go on. */
  @Test
  void productsHaveNoRelevanceByRules() throws Exception {
    for (String name : List.of("mobilenet-v3", "resnet")) {
      OnnxModel model = OnnxModel.read(FOLDER.resolve(name + ".onnx"), Optional.empty());
      int classes = Math.toIntExact(model.network().output().shape().size());
      Network network =
          model.network().withLast("one logit", new Layer.ClassLogit(classes, List.of(0)));
      try (TorchClassifier classifier =
          new TorchClassifier(
              name,
              network,
              model.weights(),
              new Preprocessing(0.5f, 0.25f),
              TorchClassifier.Settings.cpu(Precision.FLOAT32))) {
        Optional<String> obstacle =
            Methods.named("smooth-lrp-epsilon")
                .obstacle(classifier, BlackPixels.none(classifier.canvas()));
        boolean multiplies = name.equals("mobilenet-v3");
        assertEquals(multiplies, obstacle.orElse("").contains("multiplies what it reads"), name);
        assertEquals(multiplies, obstacle.isPresent(), name);
      }
    }
  }

  /** A pooling for squeeze-and-excitation is not the head. */
  @Test
  void findsTheLastMapBehindSqueezeAndExcitation() throws Exception {
    Network network =
        OnnxModel.read(FOLDER.resolve("mobilenet-v3.onnx"), Optional.empty()).network();
    assertEquals(3, network.nodes().get(network.lastFeatureMap()).shape().height());
  }
}
