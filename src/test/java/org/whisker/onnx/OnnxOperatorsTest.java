package org.whisker.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.whisker.onnx.OnnxBuilder.integer;
import static org.whisker.onnx.OnnxBuilder.ints;
import static org.whisker.onnx.OnnxBuilder.number;
import static org.whisker.onnx.OnnxBuilder.text;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.image.GrayImage;
import org.whisker.network.Activation;
import org.whisker.network.Layer;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Operation;
import org.whisker.onnx.proto.Onnx.AttributeProto;
import org.whisker.onnx.proto.Onnx.FunctionProto;
import org.whisker.onnx.proto.Onnx.GraphProto;
import org.whisker.onnx.proto.Onnx.OperatorSetIdProto;
import org.whisker.onnx.proto.Onnx.TensorProto;

/** Graphs built by hand give what ONNX Runtime gives: what the exporters at hand don't write. */
class OnnxOperatorsTest {
  @TempDir private Path folder;

  private interface Body {
    /** Adds nodes that read {@code x}, of 1 x 3 x 9 x 8, and make {@code y}. */
    void to(OnnxBuilder graph);
  }

  private static final Map<String, Body> BODIES = new TreeMap<>();

  static {
    for (String pad : new String[] {"SAME_UPPER", "SAME_LOWER", "VALID"}) {
      BODIES.put(
          "convolution " + pad,
          g ->
              g.node("Conv", "y", "x", g.weights(4, 3, 4, 3))
                  .with(text("auto_pad", pad), ints("strides", 2, 3)));
      BODIES.put(
          "pooling " + pad,
          g ->
              g.node("MaxPool", "y", "x")
                  .with(text("auto_pad", pad), ints("kernel_shape", 3, 2), ints("strides", 2, 2)));
    }
    BODIES.put(
        "average without padding",
        g ->
            g.node("AveragePool", "y", "x")
                .with(ints("kernel_shape", 3, 3), ints("pads", 1, 0, 0, 1), ints("strides", 2, 2)));
    BODIES.put(
        "average with padding",
        g ->
            g.node("AveragePool", "y", "x")
                .with(
                    ints("kernel_shape", 3, 3),
                    ints("pads", 1, 1, 1, 1),
                    integer("count_include_pad", 1)));
    BODIES.put(
        "response norm",
        g -> g.node("LRN", "y", "x").with(integer("size", 3), number("alpha", 0.5f)));
    BODIES.put(
        "depth to space",
        g ->
            g.node("Conv", "c", "x", g.weights(8, 3, 1, 1))
                .node("DepthToSpace", "y", "c")
                .with(integer("blocksize", 2), text("mode", "CRD")));
    BODIES.put(
        "space to depth",
        g ->
            g.node("Pad", "p", "x", g.integers(0, 0, 0, 0, 0, 0, 1, 0))
                .node("SpaceToDepth", "y", "p")
                .with(integer("blocksize", 2)));
    BODIES.put(
        "slices",
        g ->
            g.node(
                "Slice",
                "y",
                "x",
                g.integers(-1, 1, 0),
                g.integers(-100, Long.MAX_VALUE, -1),
                g.integers(1, 2, 3),
                g.integers(-1, 2, 1)));
    BODIES.put(
        "channels in another order",
        g -> g.node("Gather", "y", "x", g.integers(2, 0, 1)).with(integer("axis", 1)));
    BODIES.put(
        "a gray input repeated by a shape with -1, as PyTorch writes expand",
        g ->
            g.node("Conv", "c", "x", g.weights(1, 3, 1, 1))
                .node("ConstantOfShape", "ones", g.integers(4))
                .with(OnnxBuilder.value(1))
                .node("Mul", "minus", "ones", g.integers(-1))
                .node("Equal", "kept", g.integers(-1, 3, -1, -1), "minus")
                .node("Where", "to", "kept", "ones", g.integers(-1, 3, -1, -1))
                .node("Expand", "e", "c", "to")
                .node("Conv", "y", "e", g.weights(4, 3, 3, 3)));
    BODIES.put(
        "a share of each channel repeated to the size of the map, as expand_as writes it",
        g ->
            g.node("GlobalAveragePool", "p", "x")
                .node("Sigmoid", "s", "p")
                .node("Expand", "e", "s", g.integers(1, 3, 9, 8))
                .node("Mul", "y", "e", "x"));
    BODIES.put(
        "a share of each position repeated to all channels",
        g ->
            g.node("ReduceMean", "m", "x")
                .with(ints("axes", 1))
                .node("Tile", "t", "m", g.integers(1, 3, 1, 1))
                .node("Sub", "y", "x", "t"));
    BODIES.put(
        "a position repeated and read by itself",
        g ->
            g.node("GlobalMaxPool", "p", "x")
                .node("Tile", "t", "p", g.integers(1, 1, 5, 4))
                .node("Conv", "y", "t", g.weights(4, 3, 3, 3)));
    BODIES.put(
        "the least float around a maximum",
        g ->
            g.node(
                    "Pad",
                    "p",
                    "x",
                    g.integers(0, 0, 0, 1, 0, 0, 1, 1),
                    g.floats(new long[0], Float.NEGATIVE_INFINITY))
                .node("MaxPool", "y", "p")
                .with(ints("kernel_shape", 3, 3), ints("strides", 2, 2)));
    BODIES.put(
        "a picture less its mean",
        g ->
            g.node("ReduceMean", "m", "x")
                .with(ints("axes", 1, 2, 3))
                .node("Sub", "c", "x", "m")
                .node("ReduceMax", "l", "c")
                .with(ints("axes", 1, 2, 3), integer("keepdims", 1))
                .node("Div", "y", "c", "l"));
    BODIES.put(
        "known numbers within bounds",
        g ->
            g.node("Clip", "w", g.weights(1, 3, 1, 1), g.floats(new long[0], 0.1f))
                .node("Mul", "y", "x", "w"));
    BODIES.put(
        "padding by the opposite border, as PyTorch writes it",
        g ->
            g.node("Slice", "b", "x", g.integers(-2), g.integers(Long.MAX_VALUE), g.integers(2))
                .node("Slice", "t", "x", g.integers(0), g.integers(1), g.integers(2))
                .node("Concat", "v", "b", "x", "t")
                .with(integer("axis", 2))
                .node("Slice", "l", "v", g.integers(0), g.integers(3), g.integers(3))
                .node("Concat", "h", "v", "l")
                .with(integer("axis", 3))
                .node("Conv", "y", "h", g.weights(4, 3, 3, 3)));
    BODIES.put(
        "a mean image, as MATLAB subtracts it",
        g ->
            g.node("Sub", "m", "x", g.weights(1, 3, 9, 8))
                .node("Conv", "c", "m", g.weights(4, 3, 3, 3))
                .node("Transpose", "t", "c")
                .with(ints("perm", 0, 2, 3, 1))
                .node("Sub", "y", g.weights(7, 6, 4), "t"));
    BODIES.put(
        "padding with white",
        g ->
            g.node("Pad", "p", "x", g.integers(0, 0, 1, 2, 0, 0, 0, 1), g.floats(new long[0], 1))
                .node("Conv", "y", "p", g.weights(4, 3, 3, 3)));
    BODIES.put(
        "functions that stand alone",
        g ->
            g.node("Abs", "a", "x")
                .node("Add", "o", "a", g.floats(new long[0], 0.5f))
                .node("Sqrt", "s", "o")
                .node("Log", "l", "s")
                .node("Exp", "e", "l")
                .node("Pow", "p", "e", g.floats(new long[0], 3))
                .node("Softsign", "f", "x")
                .node("Celu", "c", "x")
                .with(number("alpha", 0.7f))
                .node("Concat", "y", "p", "f", "c")
                .with(integer("axis", 1)));
    BODIES.put(
        "the mean of a map whose values are moved first",
        g ->
            g.node("Conv", "c", "x", g.weights(8, 3, 1, 1))
                .node("DepthToSpace", "d", "c")
                .with(integer("blocksize", 2), text("mode", "CRD"))
                .node("ReduceMean", "y", "d")
                .with(ints("axes", 2, 3)));
    BODIES.put(
        "groups of channels shuffled by the shape of the input",
        g ->
            g.node("Conv", "c", "x", g.weights(6, 3, 1, 1))
                .node("Shape", "s", "c")
                .node("Gather", "h", "s", g.integers(2, 3))
                .node("Gather", "n", "s", g.integers(0))
                .node("Concat", "t", "n", g.integers(2, -1), "h")
                .with(integer("axis", 0))
                .node("Reshape", "r", "c", "t")
                .node("Transpose", "p", "r")
                .with(ints("perm", 0, 2, 1, 3, 4))
                .node("Concat", "u", "n", g.integers(-1), "h")
                .with(integer("axis", 0))
                .node("Reshape", "y", "p", "u"));
    BODIES.put(
        "squeeze-and-excitation by linear layers",
        g ->
            g.node("GlobalAveragePool", "a", "x")
                .node("Flatten", "f", "a")
                .node("Gemm", "l", "f", g.weights(3, 3), g.weights(3))
                .with(number("alpha", 0.5f), number("beta", 2))
                .node("HardSigmoid", "h", "l")
                .node("Reshape", "g", "h", g.integers(-1, 3, 1, 1))
                .node("Mul", "y", "g", "x"));
    BODIES.put(
        "efficient channel attention",
        g ->
            g.node("Conv", "c", "x", g.weights(8, 3, 1, 1))
                .node("ReduceMean", "a", "c")
                .with(ints("axes", 2, 3), integer("keepdims", 0))
                .node("Reshape", "l", "a", g.integers(-1, 1, 8))
                .node("Conv", "k", "l", g.weights(1, 1, 3))
                .with(ints("pads", 1, 1), ints("kernel_shape", 3))
                .node("Sigmoid", "s", "k")
                .node("Reshape", "g", "s", g.integers(-1, 8, 1, 1))
                .node("Mul", "y", "c", "g"));
    BODIES.put(
        "a convolution along lines",
        g ->
            g.node("Reshape", "l", "x", g.integers(-1, 12, 18))
                .node("Conv", "y", "l", g.weights(6, 4, 3), g.weights(6))
                .with(
                    integer("group", 3),
                    ints("pads", 2, 1),
                    ints("strides", 2),
                    ints("dilations", 2)));
    BODIES.put(
        "GELU by a formula",
        g ->
            g.node("Div", "d", "x", g.floats(new long[0], 1.4142135f))
                .node("Erf", "e", "d")
                .node("Add", "p", "e", g.floats(new long[0], 1))
                .node("Mul", "m", "x", "p")
                .node("Mul", "y", "m", g.floats(new long[0], 0.5f)));
    BODIES.put(
        "hard swish by a formula",
        g ->
            g.node("Add", "a", "x", g.floats(new long[] {1}, 3))
                .node("Clip", "c", "a", g.floats(new long[0], 0), g.floats(new long[0], 6))
                .node("Mul", "m", "x", "c")
                .node("Div", "y", "m", g.floats(new long[0], 6)));
    BODIES.put(
        "layer norm over channels by a formula",
        g ->
            g.node("Transpose", "t", "x")
                .with(ints("perm", 0, 2, 3, 1))
                .node("ReduceMean", "m", "t")
                .with(ints("axes", -1))
                .node("Sub", "d", "t", "m")
                .node("Mul", "q", "d", "d")
                .node("ReduceMean", "v", "q")
                .with(ints("axes", -1))
                .node("Add", "e", "v", g.floats(new long[0], 1e-6f))
                .node("Sqrt", "s", "e")
                .node("Div", "n", "d", "s")
                .node("Mul", "w", "n", g.weights(3))
                .node("Add", "b", "w", g.weights(3))
                .node("MatMul", "l", "b", g.weights(3, 5))
                .node("Transpose", "y", "l")
                .with(ints("perm", 0, 3, 1, 2)));
    BODIES.put(
        "flattened in another order",
        g ->
            g.node("Transpose", "t", "x")
                .with(ints("perm", 0, 2, 3, 1))
                .node("Reshape", "f", "t", g.integers(-1, 216))
                .node("MatMul", "m", "f", g.weights(216, 4))
                .node("Add", "y", "m", g.weights(4)));
    BODIES.put(
        "group norm by instance norm",
        g ->
            g.node("Conv", "c", "x", g.weights(4, 3, 1, 1))
                .node("Reshape", "r", "c", g.integers(0, 2, -1))
                .node(
                    "InstanceNormalization",
                    "i",
                    "r",
                    g.floats(new long[] {2}, 1, 1),
                    g.floats(new long[] {2}, 0, 0))
                .node("Reshape", "b", "i", g.integers(1, 4, 9, 8))
                .node("Mul", "y", "b", g.weights(4, 1, 1)));
    BODIES.put(
        "means one after the other",
        g ->
            g.node("ReduceMean", "a", "x")
                .with(ints("axes", 3), integer("keepdims", 0))
                .node("ReduceMean", "y", "a")
                .with(ints("axes", 2), integer("keepdims", 0)));
    BODIES.put(
        "maps resized",
        g ->
            g.node("Resize", "y", "x", "", g.floats(new long[] {4}, 1, 1, 2, 1.5f))
                .with(text("mode", "linear")));
    BODIES.put(
        "maps enlarged by repetition",
        g ->
            g.node("Resize", "e", "x", "", g.floats(new long[] {4}, 1, 1, 3, 2))
                .node("Resize", "f", "e", "", g.floats(new long[] {4}, 1, 1, 1, 4))
                .with(text("nearest_mode", "round_prefer_ceil"))
                .node("Resize", "y", "f", "", g.floats(new long[] {4}, 1, 1, 2, 1))
                .with(
                    text("coordinate_transformation_mode", "tf_half_pixel_for_nn"),
                    text("nearest_mode", "floor")));
    BODIES.put(
        "a clip above its input",
        g ->
            g.node("Max", "m", "x", g.floats(new long[0], -0.5f))
                .node("Min", "n", "m", g.floats(new long[0], 0.25f))
                .node("Neg", "y", "n"));
  }

  static Stream<String> bodies() {
    return BODIES.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void givesWhatOnnxRuntimeGives(String body) throws Exception {
    OnnxBuilder graph = new OnnxBuilder(13, -1, 3, 9, 8);
    java.util.Objects.requireNonNull(BODIES.get(body)).to(graph);
    graph.node("Flatten", "z", "y").behindConvolution();
    checkAgainstRuntime(graph.write(folder.resolve("a.onnx"), "z"));
  }

  static OnnxModel checkAgainstRuntime(Path file) throws Exception {
    OnnxModel model = OnnxModel.read(file, Optional.empty());
    FeatureShape shape = model.network().input();
    GrayImage picture = OnnxRuntime.picture(shape, 2);
    double difference =
        OnnxRuntime.difference(
            OnnxRuntime.outputs(file, shape, picture), OnnxRuntime.outputs(model, picture));
    assertTrue(difference < 1e-5, () -> "they differ by " + difference);
    return model;
  }

  /** As tf2onnx writes Keras models: pictures and the flattening are channels-last. */
  @Test
  void readsChannelsLastExports() throws Exception {
    OnnxBuilder g = new OnnxBuilder(15, -1, 12, 10, 3);
    g.node("Transpose", "t", "x")
        .with(ints("perm", 0, 3, 1, 2))
        .node("Conv", "c", "t", g.weights(4, 3, 3, 3), g.weights(4))
        .with(ints("strides", 2, 2), ints("pads", 0, 0, 1, 1))
        .node("Mul", "s", "c", g.weights(1, 4, 1, 1))
        .node("Add", "b", "s", g.weights(1, 4, 1, 1))
        .node("Relu", "r", "b")
        .node("Transpose", "u", "r")
        .with(ints("perm", 0, 2, 3, 1))
        .node("Add", "w", "u", g.weights(4))
        .node("Reshape", "f", "w", g.integers(-1, 120))
        .node("MatMul", "m", "f", g.weights(120, 6))
        .node("Add", "y", "m", g.weights(6));
    OnnxModel model = checkAgainstRuntime(g.write(folder.resolve("keras.onnx"), "y"));
    assertEquals(new FeatureShape(3, 12, 10), model.network().input());
    assertEquals(
        1,
        model.network().nodes().stream()
            .filter(n -> n.layer() instanceof Operation.Rearrange)
            .count());
  }

  @Test
  void readsTensorsOfOtherTypesAndPlaces() throws Exception {
    OnnxBuilder g = new OnnxBuilder(13, 1, 1, 4, 4);
    ByteBuffer half = ByteBuffer.allocate(8);
    half.order(ByteOrder.LITTLE_ENDIAN);
    for (int bits : new int[] {0x3C00, 0xC000, 0x3800, 0x0001}) {
      half.putShort((short) bits);
    }
    String halves = g.add(g.tensor(10, 2, 1, 1, 2).setRawData(ByteString.copyFrom(half.array())));
    Path data = folder.resolve("weights.bin");
    ByteBuffer floats = ByteBuffer.allocate(40);
    floats.order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 10; i++) {
      floats.putFloat(i * 0.3f - 1);
    }
    Files.write(data, floats.array());
    String external =
        g.add(
            g.tensor(OnnxBuilder.FLOAT, 2)
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(OnnxBuilder.entry("location", "weights.bin"))
                .addExternalData(OnnxBuilder.entry("offset", "16"))
                .addExternalData(OnnxBuilder.entry("length", "8")));
    g.node("Cast", "k", halves)
        .with(integer("to", 1))
        .node("Conv", "c", "x", "k", external)
        .node("Flatten", "y", "c");
    OnnxModel model = checkAgainstRuntime(g.write(folder.resolve("types.onnx"), "y"));
    assertEquals(0.5f, model.weights().floats("node_c.weight").get(2));
    assertEquals(-1 + 5 * 0.3f, model.weights().floats("node_c.bias").get(1));
  }

  /** A network trained by its log-likelihood ends in a log-softmax: its logits lie before it. */
  @ParameterizedTest
  @ValueSource(strings = {"Softmax", "LogSoftmax"})
  void findsTheLogitsBeforeTheEnding(String ending) throws Exception {
    OnnxBuilder g = new OnnxBuilder(13, -1, 3, 5, 5);
    g.node("Conv", "c", "x", g.weights(2, 3, 5, 5))
        .node("Flatten", "f", "c")
        .node(ending, "y", "f");
    Path file = g.write(folder.resolve("ending.onnx"), "y");
    OnnxModel model = OnnxModel.read(file, Optional.empty());
    assertEquals(OnnxModel.Ending.SOFTMAX, model.ending());
    FeatureShape shape = model.network().input();
    GrayImage picture = OnnxRuntime.picture(shape, 3);
    float[] wanted = OnnxRuntime.outputs(file, shape, picture);
    float[] found = OnnxRuntime.softmax(OnnxRuntime.outputs(model, picture));
    for (int i = 0; i < wanted.length; i++) {
      double p = ending.equals("Softmax") ? wanted[i] : Math.exp(wanted[i]);
      assertEquals(p, found[i], 1e-6);
    }
  }

  /** A fixed batch stands for one picture. */
  @Test
  void readsAFixedBatch() throws Exception {
    OnnxBuilder g = new OnnxBuilder(11, 4, 3, 5, 5);
    g.node("Conv", "c", "x", g.weights(2, 3, 3, 3))
        .node("Reshape", "f", "c", g.integers(4, 18))
        .node("Gemm", "y", "f", g.weights(18, 2), g.weights(2));
    checkAgainstRuntime(g.write(folder.resolve("batch.onnx"), "y"));
  }

  /** Caffe2 listed queues among the inputs. */
  @Test
  void leavesOutAnInputThatNothingReads() throws Exception {
    OnnxBuilder g = new OnnxBuilder(11, -1, 3, 5, 5);
    g.graph().addInput(OnnxBuilder.info("queue", 1));
    g.node("Conv", "c", "x", g.weights(2, 3, 3, 3)).node("Flatten", "y", "c");
    OnnxModel model = OnnxModel.read(g.write(folder.resolve("queue.onnx"), "y"), Optional.empty());
    assertEquals(new FeatureShape(3, 5, 5), model.network().input());
  }

  /** A branch whose condition follows from shapes, as PyTorch writes for squeeze. */
  @Test
  void takesKnownBranches() throws Exception {
    OnnxBuilder g = new OnnxBuilder(13, -1, 3, 5, 5);
    GraphProto.Builder squeeze = GraphProto.newBuilder().setName("then");
    squeeze.addNode(OnnxBuilder.nodeOf("Relu", "branch", "x"));
    squeeze.addOutput(OnnxBuilder.info("branch", -1, 3, 5, 5));
    GraphProto.Builder other = GraphProto.newBuilder().setName("else");
    other.addNode(OnnxBuilder.nodeOf("Neg", "other", "x"));
    other.addOutput(OnnxBuilder.info("other", -1, 3, 5, 5));
    g.node("Shape", "s", "x")
        .node("Gather", "h", "s", g.integers(2))
        .node("Equal", "q", "h", g.integers(5))
        .node("If", "b", "q")
        .with(graphOf("then_branch", squeeze), graphOf("else_branch", other))
        .node("Flatten", "y", "b");
    OnnxModel model =
        checkAgainstRuntime(g.behindConvolution().write(folder.resolve("if.onnx"), "y"));
    assertEquals(Activation.relu(), model.network().nodes().get(2).layer());
  }

  private static AttributeProto graphOf(String name, GraphProto.Builder graph) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.GRAPH)
        .setG(graph)
        .build();
  }

  @Test
  void readsFunctionsOfTheModel() throws Exception {
    OnnxBuilder g = new OnnxBuilder(17, -1, 3, 5, 5);
    g.model()
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("own").setVersion(1))
        .addFunctions(
            FunctionProto.newBuilder()
                .setName("Leak")
                .setDomain("own")
                .addInput("a")
                .addOutput("b")
                .addAttribute("slope")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
                .addNode(
                    OnnxBuilder.nodeOf("LeakyRelu", "b", "a")
                        .addAttribute(
                            AttributeProto.newBuilder()
                                .setName("alpha")
                                .setRefAttrName("slope")
                                .setType(AttributeProto.AttributeType.FLOAT))));
    g.graph()
        .addNode(
            OnnxBuilder.nodeOf("Leak", "l", "x")
                .setDomain("own")
                .addAttribute(number("slope", 0.3f)));
    OnnxModel model =
        checkAgainstRuntime(
            g.node("Flatten", "y", "l")
                .behindConvolution()
                .write(folder.resolve("function.onnx"), "y"));
    assertTrue(model.network().nodes().get(2).layer() instanceof Activation);
  }

  /** Formulas and small steps become the layers that they stand for. */
  @Test
  void recognisesFormulas() throws Exception {
    assertLayers("GELU by a formula", Activation.of(Activation.Kind.GELU), 3);
    assertLayers("hard swish by a formula", Activation.of(Activation.Kind.HARD_SWISH), 3);
    assertLayers(
        "layer norm over channels by a formula", new Operation.ChannelNorm(3, (double) 1e-6f), 4);
  }

  private void assertLayers(String body, Layer first, int count) throws Exception {
    OnnxBuilder graph = new OnnxBuilder(13, -1, 3, 9, 8);
    java.util.Objects.requireNonNull(BODIES.get(body)).to(graph);
    Path file = graph.node("Flatten", "z", "y").write(folder.resolve("formula.onnx"), "z");
    OnnxModel model = OnnxModel.read(file, Optional.empty());
    assertEquals(first, model.network().nodes().get(1).layer());
    assertEquals(count, model.network().nodes().size());
  }
}
