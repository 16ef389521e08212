package org.whisker.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.whisker.onnx.OnnxBuilder.integer;
import static org.whisker.onnx.OnnxBuilder.ints;
import static org.whisker.onnx.OnnxBuilder.text;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.image.GrayImage;
import org.whisker.network.Activation;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Window.Padding;
import org.whisker.onnx.graph.OnnxException;
import org.whisker.onnx.proto.Onnx.AttributeProto;
import org.whisker.torch.Precision;

/**
 * Graphs that look like others that are read: they give what ONNX Runtime gives, or are refused.
 */
class OnnxMisreadingsTest {
  @TempDir private Path folder;

  private Path written(OnnxBuilder graph, String output) throws Exception {
    return graph
        .node("Flatten", "z", output)
        .behindConvolution()
        .write(folder.resolve("a.onnx"), "z");
  }

  private static OnnxBuilder graph(long opset) {
    return new OnnxBuilder(opset, 1, 3, 9, 8);
  }

  private static String number(OnnxBuilder graph, float value) {
    return graph.floats(new long[0], value);
  }

  /** A bound matters only to values that reach it. */
  @ParameterizedTest
  @CsvSource({"Relu, 20", "Relu, 3000", "Sigmoid, 0.99", "Softplus, 30", "Elu, 40", "Neg, 15"})
  void keepsBoundsThatLieFarFromZero(String activation, float bound) throws Exception {
    OnnxBuilder g = graph(13);
    g.node("Mul", "m", "x", number(g, bound > 100 ? 9000 : 90))
        .node(activation, "a", "m")
        .node("Max", "l", "a", number(g, -bound))
        .node("Min", "y", "l", number(g, bound));
    OnnxOperatorsTest.checkAgainstRuntime(written(g, "y"));
  }

  /** Only a maximum never gives it. */
  @ParameterizedTest
  @ValueSource(strings = {"Relu", "Identity", "AveragePool"})
  void refusesTheLeastFloatBeforeAnythingButAMaximum(String next) throws Exception {
    OnnxBuilder g = graph(13);
    g.node("Pad", "p", "x", g.integers(0, 0, 1, 1, 0, 0, 1, 1), number(g, -3e38f))
        .node(next, "n", "p");
    if (next.equals("AveragePool")) {
      g.with(ints("kernel_shape", 2, 2));
    }
    g.node(next.equals("Identity") ? "Relu" : "MaxPool", "y", "n");
    if (!next.equals("Identity")) {
      g.with(ints("kernel_shape", 3, 3));
    }
    Path file = written(g, "y");
    OnnxException refused =
        assertThrows(OnnxException.class, () -> OnnxModel.read(file, Optional.empty()));
    assertTrue(String.valueOf(refused.getMessage()).contains("(Pad) can't be read"));
  }

  /** At few numbers it looks like another clip. */
  @Test
  void keepsAnActivationBetweenCloseBounds() throws Exception {
    OnnxBuilder g = graph(13);
    g.node("Clip", "c", "x", number(g, -0.28f), number(g, 1)).node("Elu", "e", "c");
    g.node("Clip", "d", "x", number(g, 1.22f), number(g, 1.5f)).node("Tanh", "t", "d");
    g.node("Concat", "y", "e", "t").with(integer("axis", 1));
    OnnxOperatorsTest.checkAgainstRuntime(written(g, "y"));
  }

  @Test
  void joinsARectifierAndABoundFarFromZero() throws Exception {
    OnnxBuilder g = graph(13);
    g.node("Mul", "m", "x", number(g, 90)).node("Relu", "r", "m");
    g.node("Min", "y", "r", number(g, 20));
    OnnxModel model = OnnxOperatorsTest.checkAgainstRuntime(written(g, "y"));
    assertTrue(
        model.network().nodes().stream().anyMatch(n -> n.layer().equals(Activation.clip(0, 20))));
  }

  /** Exponentials of a formula overflow far from zero, where the activation does not. */
  @Test
  void recognisesAFormulaThatOverflows() throws Exception {
    OnnxBuilder g = graph(13);
    g.node("Exp", "e", "x").node("Add", "p", "e", number(g, 1)).node("Log", "y", "p");
    OnnxModel model = OnnxOperatorsTest.checkAgainstRuntime(written(g, "y"));
    assertEquals(Activation.of(Activation.Kind.SOFTPLUS), model.network().nodes().get(2).layer());
  }

  /**
   * Where the mean is far larger than the deviation, sums of squares cancel. Float32 holds a map
   * near 30 in steps, and each of a few roundings (of the map, of its mean, of what is multiplied)
   * is at most half of one; the norm enlarges them as it enlarges the map. ONNX Runtime rounds
   * otherwise, and no less: what is exact is computed in float64.
   */
  @Test
  void normsNearlyFlatMaps() throws Exception {
    OnnxBuilder g = graph(13);
    g.node("Add", "a", "x", number(g, 30))
        .node("InstanceNormalization", "y", "a", g.weights(3), g.weights(3));
    Path file = written(g, "y");
    OnnxModel model = OnnxModel.read(file, Optional.empty());
    FeatureShape shape = model.network().input();
    GrayImage picture = OnnxRuntime.picture(shape, 2);
    float[] map = OnnxRuntime.outputs(model, "node_x", picture, Precision.FLOAT64);
    float[] exact = OnnxRuntime.outputs(model, "node_y", picture, Precision.FLOAT64);
    float[] found = OnnxRuntime.outputs(model, picture);
    float[] wanted = OnnxRuntime.outputs(file, shape, picture);
    int area = shape.height() * shape.width();
    for (int i = 0; i < exact.length; i++) {
      int channel = i / area;
      float[] of = Arrays.copyOfRange(map, channel * area, (channel + 1) * area);
      float weight = model.weights().floats("node_y.weight").get(channel);
      double step = Math.ulp(30f) * Math.abs(weight) / deviation(of);
      assertEquals(exact[i], found[i], 2 * step, "element " + i);
      assertEquals(exact[i], wanted[i], 4 * step, "ONNX Runtime's element " + i);
    }
  }

  private static double deviation(float[] values) {
    double mean =
        IntStream.range(0, values.length).mapToDouble(i -> values[i]).average().orElseThrow();
    return Math.sqrt(
        IntStream.range(0, values.length)
            .mapToDouble(i -> (values[i] - mean) * (values[i] - mean))
            .average()
            .orElseThrow());
  }

  /** A pooling can't reflect one column, nor wrap it twice. */
  @Test
  void refusesPaddingThatAMapIsTooSmallFor() throws Exception {
    OnnxBuilder g = graph(13);
    g.node("AveragePool", "a", "x").with(ints("kernel_shape", 9, 8));
    g.node("MaxPool", "m", "a").with(ints("kernel_shape", 3, 3), ints("pads", 1, 1, 1, 1));
    g.node("AveragePool", "y", "m").with(ints("kernel_shape", 5, 5), ints("pads", 2, 2, 2, 2));
    Network network = OnnxModel.read(written(g, "y"), Optional.empty()).network();
    assertRefused(network, Padding.REFLECT, "node_m sees only 3x1x1: too small to reflect");
    assertRefused(network, Padding.CIRCULAR, "node_y sees only 3x1x1: too small to wrap");
    assertEquals(Padding.REPLICATE, network.withPadding(Padding.REPLICATE).padding());
  }

  private static void assertRefused(Network network, Padding padding, String reason) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> network.withPadding(padding));
    assertTrue(String.valueOf(e.getMessage()).contains(reason), e.getMessage());
  }

  @Test
  void addsValuesOfTwoLayoutsInTheirOwnShape() throws Exception {
    OnnxBuilder g = graph(13);
    g.node("Reshape", "r", "x", g.integers(1, 24, 9))
        .node("Transpose", "t", "x")
        .with(ints("perm", 0, 3, 1, 2))
        .node("Reshape", "u", "t", g.integers(1, 24, 9))
        .node("Add", "s", "r", "u")
        .node("ReduceMax", "y", "s")
        .with(ints("axes", 1));
    OnnxOperatorsTest.checkAgainstRuntime(written(g, "y"));
  }

  @ParameterizedTest
  @CsvSource({"ReduceL1, 1", "ReduceL2, 1", "ReduceSumSquare, 3"})
  void readsNorms(String op, int axis) throws Exception {
    OnnxBuilder g = graph(13);
    g.node(op, "n", "x").with(ints("axes", axis)).node("Div", "y", "x", "n");
    OnnxOperatorsTest.checkAgainstRuntime(written(g, "y"));
  }

  /** As PyTorch writes weight normalisation. */
  @Test
  void readsWeightsDividedByTheirNorm() throws Exception {
    OnnxBuilder g = graph(13);
    String v = g.weights(4, 3, 3, 3);
    g.node("ReduceL2", "n", v)
        .with(ints("axes", 1, 2, 3))
        .node("Div", "d", v, "n")
        .node("Mul", "w", "d", g.weights(4, 1, 1, 1))
        .node("Conv", "y", "x", "w");
    OnnxOperatorsTest.checkAgainstRuntime(written(g, "y"));
  }

  /** As PyTorch writes weight standardisation. */
  @ParameterizedTest
  @ValueSource(strings = {"InstanceNormalization", "BatchNormalization"})
  void readsStandardisedWeights(String norm) throws Exception {
    OnnxBuilder g = graph(15);
    String v = g.weights(1, 4, 27);
    if (norm.startsWith("Batch")) {
      g.graph()
          .addNode(
              OnnxBuilder.nodeOf(
                      norm, "n", v, g.weights(4), g.weights(4), g.weights(4), g.weights(4))
                  .addOutput("mean")
                  .addOutput("variance")
                  .addAttribute(integer("training_mode", 1)));
    } else {
      g.node(norm, "n", v, g.weights(4), g.weights(4));
    }
    g.node("Reshape", "w", "n", g.integers(4, 3, 3, 3)).node("Conv", "y", "x", "w");
    OnnxOperatorsTest.checkAgainstRuntime(written(g, "y"));
  }

  @Test
  void readsAResizeOfNamedAxes() throws Exception {
    OnnxBuilder g = graph(18);
    g.node("Resize", "r", "x", "", "", g.integers(12, 5))
        .with(text("mode", "linear"), ints("axes", 2, 3))
        .node("Resize", "y", "r", "", g.floats(new long[] {2}, 2, 3))
        .with(
            ints("axes", 3, 2),
            text("coordinate_transformation_mode", "asymmetric"),
            text("nearest_mode", "floor"));
    OnnxOperatorsTest.checkAgainstRuntime(written(g, "y"));
  }

  @Test
  void readsAnEnlargementOfOldOpsets() throws Exception {
    OnnxBuilder g = graph(9);
    g.node("Upsample", "y", "x", g.floats(new long[] {4}, 1, 1, 2, 3));
    OnnxOperatorsTest.checkAgainstRuntime(written(g, "y"));
    OnnxBuilder h = graph(10);
    h.node("Resize", "y", "x", h.floats(new long[] {4}, 1, 1, 2, 3));
    OnnxOperatorsTest.checkAgainstRuntime(written(h, "y"));
  }

  private record Resize(long opset, String op, float scale, List<AttributeProto> with) {}

  private static final AttributeProto LINEAR = text("mode", "linear");

  private static final AttributeProto CUBIC = text("mode", "cubic");

  private static final Map<String, Resize> REFUSED =
      Map.ofEntries(
          Map.entry("asymmetric", new Resize(9, "Upsample", 2, List.of(LINEAR))),
          Map.entry(
              "coordinate_transformation_mode asymmetric",
              new Resize(10, "Resize", 2, List.of(LINEAR))),
          Map.entry("enlargements", new Resize(10, "Resize", 0.75f, List.of())),
          Map.entry("whole number", new Resize(13, "Resize", 1.3f, List.of(LINEAR))),
          Map.entry(
              "antialias 1",
              new Resize(18, "Resize", 0.5f, List.of(LINEAR, integer("antialias", 1)))),
          Map.entry(
              "aspect ratio",
              new Resize(
                  18,
                  "Resize",
                  2,
                  List.of(LINEAR, text("keep_aspect_ratio_policy", "not_larger")))),
          Map.entry(
              "cubic_coeff_a -0.5 can't be read; -0.75",
              new Resize(
                  13, "Resize", 2, List.of(CUBIC, OnnxBuilder.number("cubic_coeff_a", -0.5f)))),
          Map.entry(
              "exclude_outside 1",
              new Resize(13, "Resize", 2, List.of(CUBIC, integer("exclude_outside", 1)))),
          Map.entry(
              "a cubic resize by coordinate_transformation_mode asymmetric",
              new Resize(
                  13,
                  "Resize",
                  2,
                  List.of(CUBIC, text("coordinate_transformation_mode", "asymmetric")))),
          Map.entry(
              "single row or column",
              new Resize(
                  13,
                  "Resize",
                  0.125f,
                  List.of(LINEAR, text("coordinate_transformation_mode", "pytorch_half_pixel")))),
          Map.entry("mode lanczos", new Resize(13, "Resize", 2, List.of(text("mode", "lanczos")))));

  static List<String> refusals() {
    return List.copyOf(REFUSED.keySet());
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusesAResizeOfAnotherKind(String reason) throws Exception {
    Resize resize = java.util.Objects.requireNonNull(REFUSED.get(reason));
    OnnxBuilder g = new OnnxBuilder(resize.opset(), 1, 3, 8, 8);
    String scales = g.floats(new long[] {4}, 1, 1, resize.scale(), resize.scale());
    String[] inputs =
        resize.opset() < 11 ? new String[] {"x", scales} : new String[] {"x", "", scales};
    g.node(resize.op(), "y", inputs).with(resize.with().toArray(new AttributeProto[0]));
    Path file = written(g, "y");
    OnnxException e =
        assertThrows(OnnxException.class, () -> OnnxModel.read(file, Optional.empty()));
    assertTrue(String.valueOf(e.getMessage()).contains(reason), e.getMessage());
  }
}
