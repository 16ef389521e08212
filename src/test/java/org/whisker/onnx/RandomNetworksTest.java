package org.whisker.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.whisker.onnx.OnnxBuilder.integer;
import static org.whisker.onnx.OnnxBuilder.ints;

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

  /** A network under construction. */
  private static final class Layers {
    private final Random random;
    private final OnnxBuilder graph = new OnnxBuilder(18, 1, 3, SHAPE.height(), SHAPE.width());
    private int channels = 3;
    private int height = SHAPE.height();
    private int width = SHAPE.width();
    private String x = "x";
    private int names;

    Layers(Random random) {
      this.random = random;
      convolve();
      int steps = 1 + random.nextInt(4);
      for (int i = 0; i < steps; i++) {
        block();
      }
    }

    Path write(Path file) throws Exception {
      switch (random.nextInt(4)) {
        case 0 -> hidden();
        case 1 -> {
          mapOfLinear();
          hidden();
        }
        case 2 -> branches();
        default -> x = linear(pooled(x), channels, 2);
      }
      return graph.node("Identity", "z", x).write(file, "z");
    }

    private void block() {
      switch (random.nextInt(6)) {
        case 0 -> convolve();
        case 1 -> pool();
        case 2 -> squeeze();
        case 3 -> residual();
        case 4 -> concat();
        default -> mapOfLinear();
      }
    }

    private String node(String op, String... inputs) {
      String name = "v" + names++;
      graph.node(op, name, inputs);
      return name;
    }

    private String convolution(String in, int out) {
      String made = node("Conv", in, graph.weights(out, channels, 3, 3), graph.weights(out));
      graph.with(ints("pads", 1, 1, 1, 1));
      return made;
    }

    private void convolve() {
      int out = 2 + random.nextInt(4);
      x = node(random.nextBoolean() ? "Relu" : "Sigmoid", convolution(x, out));
      channels = out;
    }

    private void pool() {
      if (Math.min(height, width) < 4) {
        return;
      }
      x = node(random.nextBoolean() ? "MaxPool" : "AveragePool", x);
      graph.with(ints("kernel_shape", 2, 2), ints("strides", 2, 2));
      height /= 2;
      width /= 2;
    }

    /** Squeeze and excitation by linear layers. */
    private void squeeze() {
      String few = node("Relu", linear(pooled(x), channels, 2));
      String share = node("Sigmoid", linear(few, 2, channels));
      x = node("Mul", x, node("Reshape", share, graph.integers(1, channels, 1, 1)));
    }

    private void residual() {
      x = node("Add", node("Relu", convolution(x, channels)), x);
    }

    private void concat() {
      String other = node("Tanh", convolution(x, channels));
      x = node("Concat", x, other, node("Neg", x));
      graph.with(integer("axis", 1));
      channels *= 3;
    }

    /** A map that linear layers of the whole map before it give. */
    private void mapOfLinear() {
      int size = channels * height * width;
      channels = 2;
      height = 5;
      width = 4;
      String values = node("Relu", linear(node("Flatten", x), size, channels * height * width));
      x = node("Reshape", values, graph.integers(1, channels, height, width));
      convolve();
    }

    private void hidden() {
      int size = channels * height * width;
      x = linear(node("Relu", linear(node("Flatten", x), size, 6)), 6, 2);
    }

    /** Two branches that are added at the logits, one of which is deeper. */
    private void branches() {
      String start = x;
      String short1 = node("Relu", linear(pooled(start), channels, 4));
      int before = channels;
      convolve();
      convolve();
      String deep = linear(pooled(x), channels, 2);
      String near = linear(short1, 4, 2);
      x = node("Add", near, node("Add", deep, linear(pooled(start), before, 2)));
    }

    private String pooled(String in) {
      return node("Flatten", node("GlobalAveragePool", in));
    }

    private String linear(String in, int from, int to) {
      return node("Gemm", in, graph.weights(from, to), graph.weights(to));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11})
  void giveWhatOnnxRuntimeGivesInEveryPrecision(int seed) throws Exception {
    Path file = new Layers(new Random(seed)).write(folder.resolve("net.onnx"));
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
    Path file = new Layers(new Random(seed)).write(folder.resolve("net.onnx"));
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
      assertArrayEquals(new float[] {found[2]}, rounded.logits(pictures.subList(2, 3)));
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
