package org.whisker.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.whisker.onnx.OnnxBuilder.integer;
import static org.whisker.onnx.OnnxBuilder.ints;
import static org.whisker.onnx.OnnxBuilder.number;
import static org.whisker.onnx.OnnxBuilder.text;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.whisker.image.GrayImage;
import org.whisker.network.Layer;
import org.whisker.network.Network;
import org.whisker.network.TokenOperation;

/** What transformers are written with gives what ONNX Runtime gives, in graphs built by hand. */
class TokenOperatorsTest {
  @TempDir private Path folder;

  private interface Body {
    /**
     * Adds nodes that read {@code x}, of 1 x 3 x 9 x 8, or {@code t}, its 72 tokens of 6 features,
     * and make {@code y}.
     */
    void to(OnnxBuilder graph);
  }

  private static final Map<String, Body> BODIES = new TreeMap<>();

  static {
    BODIES.put("a product of two maps", g -> attention(g, "t", 3, "y"));
    BODIES.put(
        "a class token, an embedding, and the token alone",
        g -> {
          g.node("Concat", "c", g.weights(1, 1, 6), "t")
              .with(integer("axis", 1))
              .node("Add", "e", "c", g.weights(1, 73, 6));
          attention(g, "e", 2, "all");
          g.node("Slice", "s", "all", g.integers(0), g.integers(1), g.integers(1))
              .node("MatMul", "y", "s", g.weights(6, 5));
        });
    BODIES.put(
        "tokens behind the others",
        g ->
            g.node("Concat", "y", "t", g.weights(1, 3, 6), g.weights(1, 1, 6))
                .with(integer("axis", -2)));
    BODIES.put(
        "a token that shapes repeat for each picture",
        g ->
            g.node("Shape", "n", "x")
                .node("Gather", "b", "n", g.integers(0))
                .node("Concat", "to", "b", g.integers(-1, -1))
                .with(integer("axis", 0))
                .node("ConstantOfShape", "ones", g.integers(3))
                .with(OnnxBuilder.value(1))
                .node("Mul", "minus", "ones", g.integers(-1))
                .node("Equal", "kept", "to", "minus")
                .node("Where", "shape", "kept", "ones", "to")
                .node("Expand", "token", g.weights(1, 1, 6), "shape")
                .node("Concat", "y", "token", "t")
                .with(integer("axis", 1)));
    BODIES.put(
        "windows, rolled, with a bias for each pair and a mask for each window",
        TokenOperatorsTest::windows);
    BODIES.put(
        "channels that attend to channels",
        g ->
            g.node("Transpose", "r", "t")
                .with(ints("perm", 0, 2, 1))
                .node("ReduceL2", "n", "r")
                .with(ints("axes", -1))
                .node("Clip", "c", "n", g.floats(new long[0], 1e-6f))
                .node("Div", "q", "r", "c")
                .node("MatMul", "s", "q", "t")
                .node("Softmax", "w", "s")
                .node("MatMul", "y", "w", "r"));
    BODIES.put(
        "heads mixed by a matrix",
        g -> {
          heads(g, "t", "a", 3);
          g.node("Transpose", "k", "a")
              .with(ints("perm", 0, 1, 3, 2))
              .node("MatMul", "s", "a", "k")
              .node("Transpose", "l", "s")
              .with(ints("perm", 0, 2, 3, 1))
              .node("MatMul", "m", "l", g.weights(3, 3))
              .node("Add", "n", "m", g.weights(3))
              .node("Transpose", "w", "n")
              .with(ints("perm", 0, 3, 1, 2))
              .node("MatMul", "y", "w", "a");
        });
    BODIES.put("a sum over letters", g -> einsum(g, "bhqd,bhkd->bhqk", "bhqk,bhkd->bqhd"));
    BODIES.put("a sum over other letters", g -> einsum(g, "bhqd,bhkd->hqkb", "hqkb,bhkd->bhdq"));
    BODIES.put(
        "letters in another order",
        g -> g.node("Einsum", "y", "x").with(text("equation", "nchw -> nwhc")));
    BODIES.put(
        "letters of a known tensor",
        g ->
            g.node("Einsum", "y", "t", g.weights(6, 2, 3)).with(text("equation", "btc,chd->bhtd")));
    BODIES.put(
        "a known matrix for each head",
        g -> {
          heads(g, "t", "a", 3);
          g.node("MatMul", "m", "a", g.weights(3, 2, 4))
              .node("MatMul", "y", g.weights(1, 3, 5, 72), "m");
        });
    BODIES.put(
        "a matrix that is multiplied by the tokens",
        g -> g.node("MatMul", "y", g.weights(5, 72), "t"));
    BODIES.put(
        "values chosen by a known condition",
        g ->
            g.node("Less", "less", g.weights(1, 72, 6), g.floats(new long[0], 0))
                .node("Neg", "n", "t")
                .node("Where", "w", "less", "t", "n")
                .node("Where", "v", "less", g.floats(new long[0], 0.7f), "w")
                .node("Softmax", "y", "v"));
    BODIES.put(
        "values hidden from a softmax",
        g ->
            g.node("Less", "less", g.weights(72, 6), g.floats(new long[0], 0))
                .node("Where", "w", "less", "t", g.floats(new long[0], -1e38f))
                .node("Softmax", "y", "w"));
    BODIES.put(
        "places in any order, as adaptive pooling picks them",
        g ->
            g.node("Transpose", "r", "x")
                .with(ints("perm", 2, 3, 0, 1))
                .node("GatherND", "p", "r", pairs(g))
                .node("ReduceMean", "m", "p")
                .with(ints("axes", 1))
                .node("Transpose", "y", "m")
                .with(ints("perm", 2, 0, 1, 3)));
    BODIES.put(
        "indices of several dimensions",
        g ->
            g.node("Reshape", "f", "x", g.integers(-1, 216))
                .node("Reshape", "i", g.integers(everySeventh()), g.integers(4, 5, 10))
                .node("Gather", "p", "f", "i")
                .with(integer("axis", 1))
                .node("ReduceMax", "y", "p")
                .with(ints("axes", 2)));
    BODIES.put(
        "poolings along lines",
        g ->
            g.node("Transpose", "r", "t")
                .with(ints("perm", 0, 2, 1))
                .node("AveragePool", "a", "r")
                .with(ints("kernel_shape", 3), ints("strides", 2), ints("pads", 1, 0))
                .node("MaxPool", "y", "a")
                .with(ints("kernel_shape", 2), ints("strides", 2)));
    BODIES.put(
        "waves of places that are counted",
        g ->
            g.node("Squeeze", "axis", g.integers(0))
                .node("CumSum", "n", g.weights(72, 6), "axis")
                .node("CumSum", "m", g.weights(72, 6), "axis")
                .with(integer("exclusive", 1), integer("reverse", 1))
                .node("Sin", "s", "n")
                .node("Cos", "c", "m")
                .node("Add", "w", "s", "c")
                .node("Add", "y", "t", "w"));
    BODIES.put(
        "a convolution of a known map",
        g ->
            g.node("Conv", "c", g.weights(1, 2, 9, 8), g.weights(3, 2, 3, 3), g.weights(3))
                .with(ints("pads", 1, 1, 1, 1))
                .node("Tanh", "a", "c")
                .node("Add", "y", "x", "a"));
    BODIES.put(
        "heads that are convolved by the same weights",
        g ->
            g.node("Reshape", "h", "t", g.integers(9, 8, 3, 2))
                .node("Transpose", "m", "h")
                .with(ints("perm", 2, 3, 0, 1))
                .node("Conv", "c", "m", g.weights(4, 1, 3, 3), g.weights(4))
                .with(integer("group", 2), ints("strides", 2, 1))
                .node("Reshape", "l", "c", g.integers(3, 4, 24))
                .node("Transpose", "r", "l")
                .with(ints("perm", 2, 0, 1))
                .node("Reshape", "y", "r", g.integers(1, 24, 12)));
    BODIES.put(
        "a norm of all tokens in another order",
        g ->
            g.node("Reshape", "r", "t", g.integers(1, 1, 432))
                .node("InstanceNormalization", "i", "r", g.weights(1), g.weights(1))
                .node("Reshape", "b", "i", g.integers(1, 72, 6))
                .node("Mul", "y", "b", g.weights(6)));
    BODIES.put(
        "a part of two dimensions as one",
        g ->
            g.node("Slice", "s", "t", g.integers(3), g.integers(60), g.integers(1), g.integers(4))
                .node("Reshape", "r", "s", g.integers(-1, 5, 3, 6))
                .node(
                    "Slice",
                    "y",
                    "r",
                    g.integers(-1),
                    g.integers(-9),
                    g.integers(1),
                    g.integers(-1)));
    BODIES.put(
        "dimensions repeated",
        g ->
            g.node("Unsqueeze", "u", "t", g.integers(2))
                .node("Expand", "e", "u", g.integers(1, 72, 3, 6))
                .node("Mul", "m", "e", g.weights(3, 6))
                .node("Softmax", "y", "m"));
    BODIES.put(
        "differences of all pairs",
        g ->
            g.node("ReduceSum", "s", "t", g.integers(2))
                .node("Transpose", "r", "s")
                .with(ints("perm", 0, 2, 1))
                .node("Sub", "d", "s", "r")
                .node("MatMul", "y", "d", "t"));
    BODIES.put(
        "a factor for each position",
        g ->
            g.node("Mul", "m", "t", g.weights(72, 6))
                .node("Div", "d", "m", g.weights(1, 72, 1))
                .node("Max", "y", "d", g.weights(72, 1)));
    BODIES.put(
        "a norm over several dimensions",
        g -> {
          heads(g, "t", "a", 3);
          g.node("ReduceMean", "m", "a").with(ints("axes", 1, 3)).node("Sub", "y", "a", "m");
        });
    BODIES.put(
        "a table of zeros in which known values are put",
        g ->
            g.node("ConstantOfShape", "zeros", g.integers(72, 6))
                .with(OnnxBuilder.value(2))
                .node("Cast", "floats", "zeros")
                .with(integer("to", 1))
                .node("Reshape", "at", g.integers(3, 40, 71), g.integers(3, 1))
                .node("ScatterND", "table", "floats", "at", g.weights(3, 6))
                .node("GatherND", "rows", "table", "at")
                .node("MatMul", "square", "rows", g.weights(6, 6))
                .node("Reshape", "more", "square", g.integers(1, 3, 6))
                .node("Add", "a", "t", "table")
                .node("Concat", "y", "a", "more")
                .with(integer("axis", 1)));
  }

  /** As Swin, of windows of 3 x 4 on 9 x 8 tokens rolled by 1 and 2; two heads of 3. */
  private static void windows(OnnxBuilder g) {
    g.node("Reshape", "map", "t", g.integers(1, 9, 8, 6))
        .node("Slice", "below", "map", g.integers(1), g.integers(99), g.integers(1))
        .node("Slice", "above", "map", g.integers(0), g.integers(1), g.integers(1))
        .node("Concat", "rows", "below", "above")
        .with(integer("axis", 1))
        .node("Slice", "right", "rows", g.integers(-6), g.integers(99), g.integers(2))
        .node("Slice", "left", "rows", g.integers(0), g.integers(2), g.integers(2))
        .node("Concat", "rolled", "right", "left")
        .with(integer("axis", 2))
        .node("Reshape", "split", "rolled", g.integers(-1, 3, 3, 2, 4, 6))
        .node("Transpose", "sorted", "split")
        .with(ints("perm", 0, 1, 3, 2, 4, 5))
        .node("Reshape", "w", "sorted", g.integers(-1, 12, 6));
    heads(g, "w", "a", 2);
    g.node("Transpose", "k", "a")
        .with(ints("perm", 0, 1, 3, 2))
        .node("MatMul", "s", "a", "k")
        .node("Reshape", "pairs", g.integers(ofPairs()), g.integers(144))
        .node("Gather", "of", g.weights(42, 2), "pairs")
        .node("Reshape", "table", "of", g.integers(12, 12, 2))
        .node("Transpose", "bias", "table")
        .with(ints("perm", 2, 0, 1))
        .node("Unsqueeze", "biases", "bias", g.integers(0))
        .node("Add", "b", "s", "biases")
        .node("Reshape", "each", "b", g.integers(1, 6, 2, 12, 12))
        .node("Add", "masked", "each", g.weights(1, 6, 1, 12, 12))
        .node("Reshape", "again", "masked", g.integers(-1, 2, 12, 12))
        .node("Softmax", "p", "again")
        .node("MatMul", "v", "p", "a")
        .node("Transpose", "u", "v")
        .with(ints("perm", 0, 2, 1, 3))
        .node("Reshape", "o", "u", g.integers(6, 12, 6))
        .node("MatMul", "l", "o", g.weights(6, 6))
        .node("Reshape", "grid", "l", g.integers(-1, 3, 2, 3, 4, 6))
        .node("Transpose", "back", "grid")
        .with(ints("perm", 0, 1, 3, 2, 4, 5))
        .node("Reshape", "whole", "back", g.integers(1, 9, 8, 6))
        .node("Slice", "low", "whole", g.integers(8), g.integers(9), g.integers(1))
        .node("Slice", "high", "whole", g.integers(0), g.integers(8), g.integers(1))
        .node("Concat", "unrolled", "low", "high")
        .with(integer("axis", 1))
        .node("Add", "y", "unrolled", "map");
  }

  /** The row of a table of biases for each pair of 12 places, by their distance. */
  private static long[] ofPairs() {
    return LongStream.range(0, 144)
        .map(i -> (i / 12 / 4 - i % 12 / 4 + 2) * 7 + i / 12 % 4 - i % 4 + 3)
        .toArray();
  }

  private static long[] everySeventh() {
    return LongStream.range(0, 200).map(i -> i * 7 % 216).toArray();
  }

  /** Two places for each of four, of 9 x 8. */
  private static String pairs(OnnxBuilder g) {
    g.node(
        "Reshape",
        "at",
        g.integers(0, 7, 8, 0, 3, 3, 3, 4, -1, -1, 5, 2, 5, 2, 1, 6),
        g.integers(4, 2, 2));
    return "at";
  }

  private static void einsum(OnnxBuilder g, String first, String second) {
    g.node("Reshape", "a", "t", g.integers(0, 0, 3, 2))
        .node("Transpose", "h", "a")
        .with(ints("perm", 0, 2, 1, 3))
        .node("Einsum", "s", "h", "h")
        .with(text("equation", first))
        .node("Einsum", "y", "s", "h")
        .with(text("equation", second));
  }

  private static void heads(OnnxBuilder g, String from, String to, int heads) {
    g.node("Reshape", to + "_split", from, g.integers(0, 0, heads, 6 / heads))
        .node("Transpose", to, to + "_split")
        .with(ints("perm", 0, 2, 1, 3));
  }

  private static void attention(OnnxBuilder g, String tokens, int heads, String to) {
    g.node("MatMul", "qkv", tokens, g.weights(6, 18))
        .node("Add", "biased", "qkv", g.weights(18))
        .node("Reshape", "split", "biased", g.integers(0, 0, 3, heads, 6 / heads))
        .node("Transpose", "turned", "split")
        .with(ints("perm", 2, 0, 3, 1, 4))
        .node("Split", "q1", "turned")
        .with(integer("axis", 0));
    g.graph().getNodeBuilder(g.graph().getNodeCount() - 1).addOutput("k1").addOutput("v1");
    g.node("Squeeze", "q", "q1", g.integers(0))
        .node("Squeeze", "k", "k1", g.integers(0))
        .node("Squeeze", "v", "v1", g.integers(0))
        .node("Transpose", "kt", "k")
        .with(ints("perm", 0, 1, 3, 2))
        .node("Mul", "scaled", "q", g.floats(new long[0], 0.6f))
        .node("MatMul", "qk", "scaled", "kt")
        .node("Softmax", "a", "qk")
        .with(integer("axis", -1))
        .node("MatMul", "av", "a", "v")
        .node("Transpose", "back", "av")
        .with(ints("perm", 0, 2, 1, 3))
        .node("Reshape", "joined", "back", g.integers(0, 0, 6))
        .node("Add", to, "joined", tokens);
  }

  static Stream<String> bodies() {
    return BODIES.keySet().stream();
  }

  private static OnnxBuilder tokens(int opset) {
    OnnxBuilder g = new OnnxBuilder(opset, -1, 3, 9, 8);
    g.node("Conv", "patches", "x", g.weights(6, 3, 1, 1))
        .node("Reshape", "flat", "patches", g.integers(0, 6, 72))
        .node("Transpose", "t", "flat")
        .with(ints("perm", 0, 2, 1));
    return g;
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void givesWhatOnnxRuntimeGives(String body) throws Exception {
    OnnxBuilder g = tokens(13);
    Objects.requireNonNull(BODIES.get(body)).to(g);
    g.node("Flatten", "z", "y");
    OnnxOperatorsTest.checkAgainstRuntime(g.write(folder.resolve("a.onnx"), "z"));
  }

  /** Fused attention is what its products and its softmax are. */
  @Test
  void attentionAsOneNodeIsWhatItStandsFor() throws Exception {
    OnnxBuilder parts = tokens(13);
    heads(parts, "t", "q", 2);
    parts
        .node("Transpose", "k", "q")
        .with(ints("perm", 0, 1, 3, 2))
        .node("MatMul", "s", "q", "k")
        .node("Mul", "scaled", "s", parts.floats(new long[0], (float) Math.sqrt(1 / 3.0)))
        .node("Add", "hidden", "scaled", parts.floats(new long[] {72, 72}, causal()))
        .node("Softmax", "w", "hidden")
        .node("MatMul", "m", "w", "q")
        .node("Transpose", "u", "m")
        .with(ints("perm", 0, 2, 1, 3))
        .node("Reshape", "z", "u", parts.integers(0, 432));
    OnnxBuilder joined = tokens(23);
    joined
        .node("Attention", "y", "t", "t", "t")
        .with(integer("q_num_heads", 2), integer("kv_num_heads", 2), integer("is_causal", 1))
        .node("Reshape", "z", "y", joined.integers(0, 432));
    OnnxBuilder apart = tokens(24);
    heads(apart, "t", "q", 2);
    apart
        .node("Attention", "y", "q", "q", "q", apart.floats(new long[] {72, 72}, causal()))
        .with(number("scale", (float) Math.sqrt(1 / 3.0)))
        .node("Transpose", "u", "y")
        .with(ints("perm", 0, 2, 1, 3))
        .node("Reshape", "z", "u", apart.integers(0, 432));
    Path file = parts.write(folder.resolve("parts.onnx"), "z");
    OnnxModel wanted = OnnxOperatorsTest.checkAgainstRuntime(file);
    GrayImage picture = OnnxRuntime.picture(wanted.network().input(), 2);
    for (OnnxBuilder each : new OnnxBuilder[] {joined, apart}) {
      Path fused = each.write(folder.resolve("fused.onnx"), "z");
      OnnxModel found = OnnxModel.read(fused, Optional.empty());
      double difference =
          OnnxRuntime.difference(
              OnnxRuntime.outputs(wanted, picture), OnnxRuntime.outputs(found, picture));
      assertTrue(difference < 1e-6, () -> "they differ by " + difference);
    }
  }

  private static float[] causal() {
    float[] values = new float[72 * 72];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 72 > i / 72 ? -1e30f : 0;
    }
    return values;
  }

  /** As PyTorch's exporter writes it for sizes that do not divide each other. */
  @Test
  void adaptivePoolingIsKnownByWhatItGives() throws Exception {
    OnnxBuilder g = new OnnxBuilder(13, -1, 3, 4, 4);
    g.node("Conv", "c", "x", g.weights(4, 3, 1, 1))
        .node("Reshape", "i", g.integers(0, 1, 1, 2, 2, 3), g.integers(3, 2))
        .node("Gather", "rows", "c", "i")
        .with(integer("axis", 2))
        .node("Reshape", "j", g.integers(0, 1, 1, 2, 2, 3), g.integers(3, 2))
        .node("Gather", "all", "rows", "j")
        .with(integer("axis", 4));
    String sum = "";
    for (int i = 0; i < 4; i++) {
      g.node("Gather", "r" + i, "all", "at" + i / 2)
          .with(integer("axis", 3))
          .node("Gather", "s" + i, "r" + i, "at" + i % 2)
          .with(integer("axis", 4));
      if (i > 0) {
        g.node("Add", "sum" + i, sum, "s" + i);
      }
      sum = i == 0 ? "s0" : "sum" + i;
    }
    g.node("Div", "m", sum, g.floats(new long[0], 4)).node("Flatten", "y", "m");
    g.node("MatMul", "z", "y", g.weights(36, 5));
    for (int at = 0; at < 2; at++) {
      g.node("Squeeze", "at" + at, g.integers(at));
    }
    OnnxModel model = OnnxOperatorsTest.checkAgainstRuntime(g.write(folder.resolve("a.onnx"), "z"));
    List<Layer> layers = model.network().nodes().stream().map(Network.Node::layer).toList();
    assertEquals(5, layers.size(), layers::toString);
    assertEquals(new Layer.AdaptiveAvgPool(3), layers.get(2));
  }

  /** Tokens keep the features as channels: no value is moved for a norm or a linear layer. */
  @Test
  void tokensAreMapsWithPlaces() throws Exception {
    OnnxBuilder g = tokens(17);
    g.node("LayerNormalization", "n", "t", g.weights(6), g.weights(6))
        .node("MatMul", "m", "n", g.weights(6, 4))
        .node("Add", "y", "m", g.weights(4))
        .node("ReduceMean", "z", "y")
        .with(ints("axes", 1), integer("keepdims", 0));
    OnnxModel model = OnnxOperatorsTest.checkAgainstRuntime(g.write(folder.resolve("a.onnx"), "z"));
    assertEquals(
        0,
        model.network().nodes().stream().filter(n -> n.layer() instanceof TokenOperation).count());
    assertEquals(9, model.network().nodes().get(model.network().lastFeatureMap()).shape().height());
  }
}
