package org.whisker.onnx;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.whisker.onnx.OnnxBuilder.integer;
import static org.whisker.onnx.OnnxBuilder.ints;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.onnx.graph.OnnxException;
import org.whisker.onnx.proto.Onnx.FunctionProto;
import org.whisker.onnx.proto.Onnx.GraphProto;
import org.whisker.onnx.proto.Onnx.ModelProto;
import org.whisker.onnx.proto.Onnx.TensorProto;
import org.whisker.random.SplitMix64;

/** Files that can't be used are refused in one line that names the file and the place. */
class HostileOnnxTest {
  private static final Path FIXTURES = Path.of("src/test/resources/onnx");

  @TempDir private Path folder;

  private static OnnxBuilder graph() {
    return new OnnxBuilder(13, -1, 3, 8, 8);
  }

  private void refused(OnnxBuilder graph, String output, String... parts) throws IOException {
    refused(graph.write(folder.resolve("hostile.onnx"), output), parts);
  }

  private static void refused(Path file, String... parts) {
    OnnxException e =
        assertThrows(OnnxException.class, () -> OnnxModel.read(file, Optional.empty()));
    String message = String.valueOf(e.getMessage());
    assertFalse(message.contains("\n"), message);
    assertTrue(message.startsWith(file.toString()), message);
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
  }

  @Test
  void whatIsNoOnnxFile() throws IOException {
    Path file = folder.resolve("no.onnx");
    refused(file, "no such file");
    Files.write(file, new byte[0]);
    refused(file, "no graph");
    Files.writeString(file, "PK this is a text, and no model\n");
    refused(file, "damaged");
    byte[] whole = Files.readAllBytes(FIXTURES.resolve("vgg.onnx"));
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    refused(file, "damaged");
  }

  @Test
  void cycles() throws IOException {
    refused(graph().node("Add", "a", "x", "b").node("Relu", "b", "a"), "b", "cycle", "node_");
    refused(graph().node("Relu", "a", "a"), "a", "cycle");
  }

  @Test
  void missingAndDoubleValues() throws IOException {
    OnnxBuilder missing = graph().node("Conv", "y", "x", "nothing");
    refused(missing, "y", "'nothing'", "nothing makes");
    refused(graph().node("Relu", "y", "x").node("Neg", "y", "x"), "y", "two nodes");
    refused(graph().node("Relu", "y", "x"), "z", "'z'");
  }

  @Test
  void impossibleTensors() throws IOException {
    OnnxBuilder huge = graph();
    String w = huge.add(huge.tensor(OnnxBuilder.FLOAT, 1 << 20, 1 << 20, 3, 3));
    refused(huge.node("Conv", "y", "x", w), "y", "tensor 't0'");
    OnnxBuilder negative = graph();
    refused(
        negative.node(
            "Conv", "y", "x", negative.add(negative.tensor(OnnxBuilder.FLOAT, -4, 3, 3, 3))),
        "y",
        "impossible shape");
    OnnxBuilder few = graph();
    String short4 = few.add(few.tensor(OnnxBuilder.FLOAT, 4, 3, 3, 3).addFloatData(1));
    refused(few.node("Conv", "y", "x", short4), "y", "1 values");
    OnnxBuilder strings = graph();
    refused(strings.node("Conv", "y", "x", strings.add(strings.tensor(8, 1))), "y", "string");
  }

  /** Few bytes ask for a large tensor, once for each name of a scalar. */
  @Test
  void workIsCountedBeforeItIsDone() throws IOException {
    OnnxBuilder sum = graph();
    String[] inputs = new String[32];
    Arrays.fill(inputs, sum.floats(new long[0], 1));
    inputs[0] = "large";
    refused(
        sum.node("ConstantOfShape", "large", sum.integers(1 << 22))
            .node("Sum", "s", inputs)
            .node("Add", "y", "x", "s"),
        "y",
        "more of known tensors");
    OnnxBuilder picked = graph();
    refused(
        picked
            .node("ConstantOfShape", "large", picked.integers(1 << 25))
            .node("Expand", "e", "large", picked.integers(2, 1 << 25))
            .node("Add", "y", "x", "e"),
        "y",
        "more of known tensors");
  }

  @Test
  void hugeComputedTensors() throws IOException {
    OnnxBuilder filled = graph();
    refused(
        filled
            .node("ConstantOfShape", "c", filled.integers(1 << 20, 1 << 20))
            .node("Add", "y", "x", "c"),
        "y",
        "too large");
    OnnxBuilder range = graph();
    refused(
        range
            .node(
                "Range",
                "r",
                range.floats(new long[0], 0),
                range.floats(new long[0], 1e30f),
                range.floats(new long[0], 1e-30f))
            .node("Add", "y", "x", "r"),
        "y",
        "range");
    OnnxBuilder padded = graph();
    refused(
        padded.node("Pad", "y", "x", padded.integers(0, 0, 1 << 30, 1 << 30, 0, 0, 0, 0)),
        "y",
        "node_y");
    OnnxBuilder pooled = graph().node("MaxPool", "y", "x");
    refused(pooled.with(ints("kernel_shape", 1L << 40, 3)), "y", "node_y");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../secret.bin", "/etc/passwd", "a/../../secret.bin", "", "link/w.bin"})
  void dataOutsideTheFolder(String location) throws IOException {
    Path inner = Files.createDirectories(folder.resolve("model"));
    Files.write(folder.resolve("secret.bin"), new byte[64]);
    Path outside = Files.createDirectories(folder.resolve("outside"));
    Files.write(outside.resolve("w.bin"), new byte[64]);
    Files.createSymbolicLink(inner.resolve("link"), outside);
    OnnxBuilder g = graph();
    String w =
        g.add(
            g.tensor(OnnxBuilder.FLOAT, 1, 3, 1, 1)
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(OnnxBuilder.entry("location", location)));
    Path file = g.node("Conv", "y", "x", w).write(inner.resolve("m.onnx"), "y");
    refused(file, "outside the model's folder");
  }

  @Test
  void dataBeyondItsFile() throws IOException {
    Files.write(folder.resolve("w.bin"), new byte[8]);
    OnnxBuilder g = graph();
    String w =
        g.add(
            g.tensor(OnnxBuilder.FLOAT, 1, 3, 1, 1)
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(OnnxBuilder.entry("location", "w.bin"))
                .addExternalData(OnnxBuilder.entry("offset", "9223372036854775800")));
    refused(g.node("Conv", "y", "x", w), "y", "beyond the end");
  }

  @Test
  void whatHasNoLayer() throws IOException {
    refused(graph().node("Loop", "y", "x"), "y", "node_y", "Loop", "branches");
    refused(graph().node("Erf", "e", "x").node("Flatten", "y", "e"), "y", "Erf", "node_e");
    refused(graph().node("ArgMax", "y", "x"), "y", "ArgMax", "logits");
    refused(
        new OnnxBuilder(6, -1, 3, 8, 8).node("Relu", "y", "x"), "y", "opset 6", "opset 7 to 24");
    refused(new OnnxBuilder(13, -1, 128).node("Relu", "y", "x"), "y", "N x channels");
    refused(new OnnxBuilder(13, -1, 3, -1, -1).node("Relu", "y", "x"), "y", "--input");
    OnnxBuilder many = graph();
    many.graph().addInput(OnnxBuilder.info("z", 1, 3, 8, 8));
    refused(many.node("Add", "y", "x", "z"), "y", "2 inputs");
  }

  @Test
  void whatIsNoClassifier() throws IOException {
    OnnxBuilder places = new OnnxBuilder(13, 1, 3, 8, 8).node("Relu", "y", "x");
    refused(places, "y", "1x3x8x8", "segmentation", "N x classes");
    OnnxBuilder boxes = new OnnxBuilder(13, 1, 3, 8, 8).node("Flatten", "y", "x");
    boxes.with(OnnxBuilder.integer("axis", 2));
    refused(boxes, "y", "3x64", "detection", "N x classes");
    OnnxBuilder chosen = graph().node("Greater", "g", "x", "x");
    refused(
        chosen.node("NonMaxSuppression", "y", "g", "g"), "y", "NonMaxSuppression", "N x classes");
  }

  /** ONNX Runtime's Attention has other inputs than ONNX's. */
  @Test
  void fusionsAreNamed() throws IOException {
    for (String fusion :
        new String[] {"Attention", "MultiHeadAttention", "SkipLayerNormalization"}) {
      OnnxBuilder g = graph();
      g.graph().addNode(OnnxBuilder.nodeOf(fusion, "y", "x", "x", "x").setDomain("com.microsoft"));
      refused(g, "y", "com.microsoft." + fusion, "ORT_DISABLE_ALL");
    }
  }

  /** Sizes that a few bytes can ask for. */
  @Test
  void tokensWithoutEnd() throws IOException {
    OnnxBuilder g = graph();
    refused(g.node("Expand", "y", "x", g.integers(1, 3000, 3000, 3000, 3, 8, 8)), "y", "Expand");
    OnnxBuilder product = graph();
    product
        .node("Reshape", "a", "x", product.integers(1, 192, 1))
        .node("Expand", "b", "a", product.integers(1, 192, 100_000_000))
        .node("MatMul", "y", "b", "b");
    refused(product, "y", "Expand");
    OnnxBuilder many = graph();
    many.node("Reshape", "a", "x", many.integers(1, 192, 1))
        .node("Transpose", "t", "a")
        .with(OnnxBuilder.ints("perm", 0, 2, 1))
        .node("Einsum", "y", "a", "t")
        .with(OnnxBuilder.text("equation", "nij,njk->"));
    refused(many, "y", "Einsum", "sums over one tensor alone");
  }

  @Test
  void functionsWithoutEnd() throws IOException {
    OnnxBuilder g = graph();
    g.model()
        .addFunctions(
            FunctionProto.newBuilder()
                .setName("F")
                .setDomain("own")
                .addInput("a")
                .addOutput("b")
                .addNode(OnnxBuilder.nodeOf("F", "c", "a").setDomain("own"))
                .addNode(OnnxBuilder.nodeOf("F", "b", "c").setDomain("own")));
    g.graph().addNode(OnnxBuilder.nodeOf("F", "y", "x").setDomain("own"));
    refused(g, "y", "without end");
  }

  /** A long name with a line break stays one short line. */
  @Test
  void namesThatHoldAnything() throws IOException {
    OnnxBuilder g = graph();
    g.graph().addNode(OnnxBuilder.nodeOf("No\nwhere", "y", "x").setName("a\u2028\n".repeat(500)));
    refused(g, "y", "node 'a??");
  }

  /** Bytes changed at random: refused in one line, or read, and nothing else. */
  @ParameterizedTest
  @ValueSource(strings = {"odd", "mobilenet-v3", "convnext", "shufflenet"})
  void changedBytes(String name) throws IOException {
    ModelProto model = ModelProto.parseFrom(Files.readAllBytes(FIXTURES.resolve(name + ".onnx")));
    byte[] small = withoutWeights(model).toByteArray();
    SplitMix64 random = SplitMix64.stream(7, name, 0);
    Path file = folder.resolve("fuzz.onnx");
    for (int i = 0; i < 250; i++) {
      byte[] changed = small.clone();
      int edits = 1 + random.nextInt(4);
      for (int e = 0; e < edits; e++) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      }
      Files.write(file, changed);
      try {
        OnnxModel.read(file, Optional.empty());
      } catch (OnnxException e) {
        assertFalse(String.valueOf(e.getMessage()).contains("\n"), e.getMessage());
      }
    }
  }

  /** Integers and attributes changed in a file that can still be parsed. */
  @ParameterizedTest
  @ValueSource(strings = {"odd", "efficientnet", "googlenet"})
  void changedNumbers(String name) throws IOException {
    ModelProto model = ModelProto.parseFrom(Files.readAllBytes(FIXTURES.resolve(name + ".onnx")));
    SplitMix64 random = SplitMix64.stream(8, name, 0);
    long[] odd = {0, -1, 1, 2, 7, 1 << 20, Integer.MAX_VALUE, Long.MAX_VALUE, Long.MIN_VALUE};
    Path file = folder.resolve("fuzz.onnx");
    for (int i = 0; i < 150; i++) {
      GraphProto.Builder graph = model.getGraph().toBuilder();
      var node = graph.getNodeBuilder(random.nextInt(graph.getNodeCount()));
      long value = odd[random.nextInt(odd.length)];
      if (node.getAttributeCount() > 0 && random.nextInt(3) > 0) {
        var attribute = node.getAttributeBuilder(random.nextInt(node.getAttributeCount()));
        attribute.setI(value);
        if (attribute.getIntsCount() > 0) {
          attribute.setInts(random.nextInt(attribute.getIntsCount()), value);
        }
      } else if (random.nextInt(2) == 0) {
        node.setOpType(model.getGraph().getNode(random.nextInt(graph.getNodeCount())).getOpType());
      } else if (node.getInputCount() > 0) {
        var other = model.getGraph().getNode(random.nextInt(graph.getNodeCount()));
        node.setInput(random.nextInt(node.getInputCount()), other.getOutput(0));
      }
      Files.write(file, model.toBuilder().setGraph(graph).build().toByteArray());
      try {
        OnnxModel.read(file, Optional.empty());
      } catch (OnnxException e) {
        assertFalse(String.valueOf(e.getMessage()).contains("\n"), e.getMessage());
      }
    }
  }

  /** The same graph with little data, so that most changes fall on its structure. */
  private static ModelProto withoutWeights(ModelProto model) {
    GraphProto.Builder graph = model.getGraph().toBuilder();
    for (TensorProto.Builder tensor : graph.getInitializerBuilderList()) {
      if (tensor.getDataType() == OnnxBuilder.FLOAT && tensor.getRawData().size() > 256) {
        tensor
            .clearRawData()
            .setDataLocation(TensorProto.DataLocation.EXTERNAL)
            .addExternalData(OnnxBuilder.entry("location", "zeros.bin"));
      }
    }
    return model.toBuilder().setGraph(graph).build();
  }

  @org.junit.jupiter.api.BeforeEach
  void zeros() throws IOException {
    Files.write(folder.resolve("zeros.bin"), new byte[1 << 20]);
  }

  @Test
  void anUnknownOpsetIsOnlyAsGoodAsItsOperators() throws IOException {
    OnnxBuilder g = new OnnxBuilder(21, -1, 3, 8, 8);
    Path file =
        g.node("Relu", "r", "x").node("Flatten", "y", "r").write(folder.resolve("new.onnx"), "y");
    OnnxModel model = OnnxModel.read(file, Optional.empty());
    assertTrue(model.network().output().shape().size() == 192, "all values");
    refused(
        graph().node("BatchNormalization", "y", "x", "x", "x", "x", "x").with(integer("k", 1)),
        "y",
        "node_y");
  }

  /** 13 kB that took over 100 s: each node computes a large tensor anew. */
  @Test
  void muchToComputeOfLittle() throws IOException {
    OnnxBuilder graph = graph();
    graph.node("ConstantOfShape", "c0", graph.integers(1 << 22));
    for (int i = 0; i < 200; i++) {
      graph.node("Add", "c" + (i + 1), "c" + i, "c" + i);
    }
    refused(graph.node("Add", "y", "x", "c200"), "y", "computes more of known tensors");
  }

  @Test
  void anInfiniteSlope() throws IOException {
    OnnxBuilder graph = graph().node("LeakyRelu", "y", "x");
    graph.with(OnnxBuilder.number("alpha", Float.POSITIVE_INFINITY));
    refused(graph.behindConvolution(), "y", "leaky relu of [Infinity] is no number");
  }
}
