package org.whisker.onnx;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.classifier.Architecture;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.Networks;
import org.whisker.classifier.Preprocessing;
import org.whisker.image.GrayImage;
import org.whisker.network.Layer;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Window.Padding;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;
import org.whisker.weights.FormulaWeights;
import org.whisker.weights.Weights;

/** ONNX Runtime gives for an exported file what the model gives here. */
class OnnxExportTest {
  private static final Preprocessing COLOURED =
      new Preprocessing(List.of(0.4f, 0.5f, 0.6f), List.of(0.2f, 0.3f, 0.4f));

  @TempDir private Path folder;

  static Stream<Path> files() throws IOException {
    return OnnxParityTest.files();
  }

  @ParameterizedTest
  @MethodSource("files")
  void importedNetworksComeBack(Path file) throws Exception {
    OnnxModel model = OnnxModel.read(file, Optional.empty());
    Network network = model.network().withLast("cat", new Layer.ClassLogit(5, List.of(1, 3)));
    check(network, model.weights(), COLOURED);
  }

  /** Functions that the files here don't have. */
  @Test
  void functionsComeBack() throws Exception {
    OnnxBuilder g = new OnnxBuilder(13, -1, 3, 6, 6);
    g.node("Sub", "m", "x", g.weights(3, 6, 6))
        .node("Conv", "c", "m", g.weights(4, 3, 3, 3))
        .node("Abs", "a", "c")
        .node("Add", "o", "a", g.floats(new long[0], 0.5f))
        .node("Sqrt", "s", "o")
        .node("Log", "l", "s")
        .node("Exp", "e", "l")
        .node("Pow", "p", "e", g.floats(new long[0], 3))
        .node("Softsign", "f", "c")
        .node("Concat", "j", "p", "f")
        .with(OnnxBuilder.integer("axis", 1))
        .node("Flatten", "v", "j")
        .node("Gemm", "y", "v", g.weights(128, 5));
    importedNetworksComeBack(g.write(folder.resolve("functions.onnx"), "y"));
  }

  /** Every padding, folded heads and poolings of uneven windows. */
  @ParameterizedTest
  @EnumSource(Padding.class)
  void publishedNetworksUnderEveryPadding(Padding padding) throws Exception {
    Architecture vgg = new Architecture(Architecture.Kind.VGG16, 0.05, List.of(), true, 8, 3, 0.1);
    Architecture inception =
        new Architecture(
            Architecture.Kind.INCEPTION_RESNET_V2, 0.05, List.of(1, 1, 1), true, 0, 1, 0.2);
    for (Architecture each : List.of(vgg, inception)) {
      int side = each.kind() == Architecture.Kind.VGG16 ? 64 : 112;
      Network network =
          Networks.of(each, new ModelCard.Input(1, side, side), 1).withPadding(padding);
      check(network, new FormulaWeights(network.parameters(), 3), new Preprocessing(0.5f, 0.25f));
    }
  }

  /** Those whose windows are even, uneven, or of one value each, as in the published VGG-16. */
  @ParameterizedTest
  @ValueSource(ints = {64, 96, 112, 128})
  void whatIsWrittenIsRead(int side) throws Exception {
    Architecture vgg = new Architecture(Architecture.Kind.VGG16, 0.05, List.of(), true, 8, 3, 0.1);
    Network network = Networks.of(vgg, new ModelCard.Input(1, side, side), 1);
    FormulaWeights weights = new FormulaWeights(network.parameters(), 3);
    Path out = folder.resolve("read.onnx");
    OnnxExport.write(network, weights, List.of(0.5f), List.of(0.25f), "a test", out);
    OnnxModel read = OnnxModel.read(out, Optional.empty());
    GrayImage picture = OnnxRuntime.picture(read.network().input(), 1);
    float[] wanted = OnnxRuntime.outputs(out, read.network().input(), picture);
    assertTrue(OnnxRuntime.difference(wanted, OnnxRuntime.outputs(read, picture)) < 1e-5);
  }

  private void check(Network network, Weights weights, Preprocessing preprocessing)
      throws IOException, OrtException {
    Path out = folder.resolve("out.onnx");
    OnnxExport.write(network, weights, preprocessing.mean(), preprocessing.sd(), "a test", out);
    FeatureShape in = network.input();
    List<GrayImage> pictures = List.of(OnnxRuntime.picture(in, 1), OnnxRuntime.picture(in, 4));
    try (TorchClassifier classifier =
        new TorchClassifier(
            "own",
            network,
            weights,
            preprocessing,
            TorchClassifier.Settings.cpu(Precision.FLOAT32))) {
      float[] own = classifier.logits(pictures);
      for (int i = 0; i < own.length; i++) {
        float found = OnnxRuntime.gray(out, in, pictures.get(i))[0];
        double difference = Math.abs(found - own[i]) / Math.max(1, Math.abs(own[i]));
        assertTrue(difference < 1e-4, () -> network.name() + " differs by " + difference);
      }
    }
  }
}
