package org.whisker.onnx;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.whisker.network.Layer;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Operation.Pad;
import org.whisker.network.Operation.Reduce;
import org.whisker.network.Window;
import org.whisker.onnx.graph.GraphNode;
import org.whisker.onnx.proto.Onnx.AttributeProto;
import org.whisker.value.Checks;
import org.whisker.value.Text;
import org.whisker.weights.Weights.Tensor;

/** Convolutions and poolings. */
record WindowOperators(Scope scope, GraphNode node) {
  static List<Operator> all() {
    return List.of(
        of("Conv", WindowOperators::convolution)
            .limits("one or two dimensions, known weights")
            .writes(Layer.Conv.class, WindowOperators::writeConvolution),
        of("MaxPool", o -> o.alongLines(WindowOperators::maxPool))
            .limits("one or two dimensions")
            .writes(Layer.MaxPool.class, (to, pool) -> writePool(to, "MaxPool", pool.window())),
        of("AveragePool", o -> o.alongLines(WindowOperators::averagePool))
            .limits("one or two dimensions")
            .writes(Layer.AvgPool.class, (to, pool) -> writePool(to, "AveragePool", pool.window())),
        of(
                "GlobalAveragePool",
                o -> o.map(o.scope.draft().add(new Layer.AdaptiveAvgPool(1), o.x().node())))
            .writes(Layer.AdaptiveAvgPool.class, (to, pool) -> writeAdaptive(to, pool.side())),
        of(
            "GlobalMaxPool",
            o ->
                o.map(
                    o.scope
                        .draft()
                        .add(new Reduce(Reduce.How.MAX, Reduce.Over.POSITIONS), o.x().node()))));
  }

  private static Operator of(String name, Function<WindowOperators, View> reader) {
    return Operator.named(name)
        .reads((scope, node) -> List.of(reader.apply(new WindowOperators(scope, node))));
  }

  private View x() {
    return scope.layout().map(scope.view(node, 0));
  }

  private View map(int made) {
    return View.map(made, scope.draft().shape(made));
  }

  private FeatureShape shape() {
    return scope.draft().shape(x().node());
  }

  private View convolution() {
    Constant weight = scope.constant(node, 1);
    int[] w = weight.shape();
    if (w.length == 3) {
      return new LineConvolution(scope, node).result();
    }
    Checks.refuse(
        w.length != 4,
        "a kernel of rank %s; only convolutions of one or two dimensions can be read",
        w.length);
    View given = scope.view(node, 0);
    if (given.rank() == 4 && !given.dims().get(0).isEmpty()) {
      return convolvedEach(given, weight);
    }
    Window window = new Windows(node, shape(), new int[] {w[2], w[3]}).window();
    return map(convolved(scope, node, x().node(), weight, window));
  }

  /** Windows or heads that are convolved by the same weights, as groups of one convolution. */
  private View convolvedEach(View given, Constant weight) {
    int each = given.shape()[0];
    View x = scope.layout().arranged(given, List.of(0, 1), List.of(2), List.of(3));
    int[] w = weight.shape();
    Map<String, AttributeProto> attributes = new HashMap<>(node.attributes());
    long groups = Math.multiplyExact(node.integer("group", 1), each);
    attributes.put("group", AttributeProto.newBuilder().setName("group").setI(groups).build());
    GraphNode of =
        new GraphNode(
            node.name(), node.op(), node.domain(), node.inputs(), node.outputs(), attributes);
    Constant weights = repeated(weight, each);
    Constant bias = scope.optional(node, 2);
    FeatureShape in = scope.draft().shape(x.node());
    Window window = new Windows(of, in, new int[] {w[2], w[3]}).window();
    int made =
        convolved(
            scope,
            of,
            scope.draft().map(x.node()),
            weights,
            bias == null ? null : repeated(bias, each),
            window);
    FeatureShape out = scope.draft().shape(made);
    int[] shape = {each, w[0], out.height(), out.width()};
    return View.of(made, shape, List.of(List.of(0, 1), List.of(2), List.of(3)));
  }

  /** A tensor, several times one behind the other along its first dimension. */
  private static Constant repeated(Constant tensor, int times) {
    int[] shape = tensor.shape();
    shape[0] = Math.multiplyExact(shape[0], times);
    int[] from = new int[Constant.allocatable(shape)];
    Arrays.setAll(from, i -> i % tensor.size());
    return tensor.picked(shape, from);
  }

  /** A map convolved with a weight of four dimensions, and the node's groups and bias. */
  static int convolved(Scope scope, GraphNode node, int x, Constant weight, Window window) {
    return convolved(scope, node, x, weight, scope.optional(node, 2), window);
  }

  private static int convolved(
      Scope scope, GraphNode node, int x, Constant weight, @Nullable Constant bias, Window window) {
    int[] w = weight.shape();
    int channels = scope.draft().shape(x).channels();
    int groups = Math.toIntExact(node.integer("group", 1));
    if (groups < 1 || w[1] * (long) groups != channels) {
      throw new IllegalArgumentException(
          Text.of("a weight for %d x %d channels, the map has %d", groups, w[1], channels));
    }
    Map<String, Tensor> tensors = new HashMap<>(Map.of("weight", weight.tensor()));
    if (bias != null) {
      tensors.put("bias", Constant.vectorOf(bias, w[0], "a bias"));
    }
    Layer layer = new Layer.Conv(channels, w[0], window, groups, bias != null);
    return scope.draft().add(layer, tensors, x);
  }

  /** A pooling of lines as one of columns: each number of an attribute is that of rows. */
  private View alongLines(Function<WindowOperators, View> pool) {
    View x = scope.view(node, 0);
    if (x.rank() != 3) {
      return pool.apply(this);
    }
    Map<String, AttributeProto> attributes = new HashMap<>(node.attributes());
    attributes.computeIfPresent("kernel_shape", (name, lines) -> beside(lines, 1));
    attributes.computeIfPresent("strides", (name, lines) -> beside(lines, 1));
    attributes.computeIfPresent("dilations", (name, lines) -> beside(lines, 1));
    attributes.computeIfPresent("pads", (name, lines) -> beside(lines, 0));
    String map = node.inputs().get(0) + " as a map";
    scope.put(map, scope.layout().reshaped(x, Shapes.unsqueezed(x.shape(), new long[] {3})));
    GraphNode of =
        new GraphNode(
            node.name(), node.op(), node.domain(), List.of(map), node.outputs(), attributes);
    return pool.apply(new WindowOperators(scope, of)).dropped(3);
  }

  /** Each number, and the same one for columns. */
  private static AttributeProto beside(AttributeProto lines, long columns) {
    AttributeProto.Builder both = lines.toBuilder().clearInts();
    lines.getIntsList().forEach(number -> both.addInts(number).addInts(columns));
    return both.build();
  }

  private View maxPool() {
    Window window = pooled(new Windows(node, shape(), Windows.kernel(node)).window());
    return map(scope.draft().add(new Layer.MaxPool(window), x().node()));
  }

  /** Libtorch pads a pooling by half of its window at most. */
  private static Window pooled(Window window) {
    for (Window.Axis axis : List.of(window.rows(), window.columns())) {
      Checks.refuse(
          window.symmetric() && axis.before() > axis.extent() / 2,
          "pads of %s for a kernel of %s",
          axis.before(),
          axis.kernel());
    }
    return window;
  }

  /** Padding that counts is a map of its own before the pooling. */
  private View averagePool() {
    Window window = new Windows(node, shape(), Windows.kernel(node)).window();
    int x = x().node();
    if (node.integer("count_include_pad", 0) == 1 && window.padded()) {
      GraphNode floor = withoutCeiling();
      Window counted = new Windows(floor, shape(), Windows.kernel(node)).window();
      x =
          scope
              .draft()
              .add(
                  new Pad(
                      Pad.Sides.NONE,
                      sides(counted.rows()),
                      sides(counted.columns()),
                      Pad.Mode.OWN),
                  x);
      window =
          new Window(
              behind(window.rows(), counted.rows()), behind(window.columns(), counted.columns()));
    }
    FeatureShape in = scope.draft().shape(x);
    boolean whole =
        !window.padded()
            && window.rows().kernel() == in.height()
            && window.columns().kernel() == in.width();
    Layer layer = whole ? new Layer.AdaptiveAvgPool(1) : new Layer.AvgPool(pooled(window));
    return map(scope.draft().add(layer, x));
  }

  private static Pad.Sides sides(Window.Axis axis) {
    return new Pad.Sides(axis.before(), axis.after());
  }

  private GraphNode withoutCeiling() {
    Map<String, AttributeProto> attributes = new HashMap<>(node.attributes());
    attributes.remove("ceil_mode");
    return new GraphNode(
        node.name(), node.op(), node.domain(), node.inputs(), node.outputs(), attributes);
  }

  /** What {@code ceil_mode} adds behind the padding that counts. */
  private static Window.Axis behind(Window.Axis all, Window.Axis counted) {
    return new Window.Axis(
        all.kernel(), all.stride(), all.dilation(), 0, all.after() - counted.after());
  }

  private static String writeConvolution(LayerWriter to, Layer.Conv conv) {
    Window w = conv.window();
    boolean own = to.padsItself(w);
    String in = own ? to.x() : to.padded(w, to.x());
    return to.node(
        "Conv",
        to.withTensors(in),
        NodeWriter.with("kernel_shape", pair(w.rows().kernel(), w.columns().kernel())),
        NodeWriter.with("strides", pair(w.rows().stride(), w.columns().stride())),
        NodeWriter.with("dilations", pair(w.rows().dilation(), w.columns().dilation())),
        NodeWriter.with("pads", own ? pads(w) : new long[4]),
        NodeWriter.with("group", (long) conv.groups()));
  }

  private static String writePool(LayerWriter to, String op, Window w) {
    boolean own = to.padsItself(w);
    return to.node(
        op,
        own ? to.x() : to.padded(w, to.x()),
        NodeWriter.with("kernel_shape", pair(w.rows().kernel(), w.columns().kernel())),
        NodeWriter.with("strides", pair(w.rows().stride(), w.columns().stride())),
        NodeWriter.with("pads", own ? pads(w) : new long[4]));
  }

  private static long[] pads(Window w) {
    return new long[] {
      w.rows().before(), w.columns().before(), w.rows().after(), w.columns().after()
    };
  }

  private static long[] pair(int rows, int columns) {
    return new long[] {rows, columns};
  }

  /** Windows of uneven size are a product with the matrix of their shares. */
  private static String writeAdaptive(LayerWriter to, int side) {
    if (side == 1) {
      return to.node("GlobalAveragePool", to.x());
    }
    FeatureShape from = to.from();
    if (from.height() % side == 0 && from.width() % side == 0) {
      return writeEven(to, from.height() / side, from.width() / side);
    }
    String rows = to.floats(pair(side, from.height()), shares(from.height(), side, false));
    String columns = to.floats(pair(from.width(), side), shares(from.width(), side, true));
    String by = to.node("MatMul", List.of(rows, to.x()));
    return to.node("MatMul", List.of(by, columns));
  }

  private static String writeEven(LayerWriter to, int rows, int columns) {
    return rows == 1 && columns == 1
        ? to.x()
        : to.node(
            "AveragePool",
            to.x(),
            NodeWriter.with("kernel_shape", pair(rows, columns)),
            NodeWriter.with("strides", pair(rows, columns)));
  }

  /** Which share of an output each input is: outputs × inputs, or transposed. */
  private static double[] shares(int inputs, int outputs, boolean transposed) {
    double[] shares = new double[inputs * outputs];
    for (int o = 0; o < outputs; o++) {
      int start = o * inputs / outputs;
      int end = ((o + 1) * inputs + outputs - 1) / outputs;
      for (int i = start; i < end; i++) {
        shares[transposed ? i * outputs + o : o * inputs + i] = 1.0 / (end - start);
      }
    }
    return shares;
  }

  /**
   * Convolutions along one dimension, such as those over channels of efficient channel attention
   * (Wang et al., arXiv 1910.03151): two-dimensional ones of one column. What is added at their
   * ends stays 0, whatever the network's padding, since there is no border of a picture.
   */
  private record LineConvolution(Scope scope, GraphNode node) {
    View result() {
      View x = scope.view(node, 0);
      Constant weight = scope.constant(node, 1);
      int[] w = weight.shape();
      if (x.rank() != 3) {
        throw new IllegalArgumentException(
            "a kernel of one dimension for a tensor of shape " + Arrays.toString(x.shape()));
      }
      FeatureShape line = new FeatureShape(1, x.shape()[2], 1);
      Window.Axis along = new Windows(node, line, new int[] {w[2]}).along();
      View padded = padded(x, along);
      int[] s = padded.shape();
      View map =
          scope.layout().map(scope.layout().reshaped(padded, new int[] {s[0], s[1], s[2], 1}));
      Window window =
          new Window(
              new Window.Axis(along.kernel(), along.stride(), along.dilation(), 0, 0),
              new Window.Axis(1, 1, 1, 0, 0));
      Constant column = weight.reshaped(w[0], w[1], w[2], 1);
      int made = convolved(scope, node, map.node(), column, window);
      FeatureShape shape = scope.draft().shape(made);
      return scope
          .layout()
          .reshaped(View.map(made, shape), new int[] {1, shape.channels(), shape.height()});
    }

    /** Adds zeros at both ends, which are channels of a map while they are added. */
    private View padded(View given, Window.Axis axis) {
      if (axis.padding() == 0) {
        return given;
      }
      View x = scope.layout().channels(given, 2);
      Pad pad =
          new Pad(
              new Pad.Sides(axis.before(), axis.after()),
              Pad.Sides.NONE,
              Pad.Sides.NONE,
              Pad.Mode.OWN);
      int made = scope.draft().add(pad, scope.draft().map(x.node()));
      return x.withChannels(made, scope.draft().shape(made).channels(), 2);
    }
  }

  /** The windows of convolutions and poolings from their attributes. */
  private static final class Windows {
    private static final int LARGEST = 1 << 16;

    private final GraphNode node;
    private final FeatureShape in;
    private final int[] kernel;

    Windows(GraphNode node, FeatureShape in, int[] kernel) {
      this.node = node;
      this.in = in;
      this.kernel = kernel;
      if (Arrays.stream(kernel).anyMatch(k -> k < 1 || k > LARGEST)) {
        throw new IllegalArgumentException("an impossible kernel " + Arrays.toString(kernel));
      }
    }

    /** The kernel that the attribute states. */
    static int[] kernel(GraphNode node) {
      return Arrays.stream(node.integers("kernel_shape")).mapToInt(Math::toIntExact).toArray();
    }

    /**
     * The window that the attributes state; {@code ceil_mode} adds padding behind, which a pooling
     * doesn't count.
     */
    Window window() {
      if (kernel.length != 2) {
        throw new IllegalArgumentException(
            "a kernel of shape %s; only two-dimensional ones can be read"
                .formatted(Arrays.toString(kernel)));
      }
      return new Window(axis(0, in.height()), axis(1, in.width()));
    }

    /** The window along a line, of a kernel of one dimension. */
    Window.Axis along() {
      return axis(0, in.height());
    }

    private Window.Axis axis(int i, int size) {
      int stride = at("strides", i, 1);
      Checks.refuse(stride < 1, "a stride of %s", stride);
      int dilation = at("dilations", i, 1);
      int extent = Math.addExact(Math.multiplyExact(dilation, kernel[i] - 1), 1);
      int[] pads = pads(i, size, stride, extent);
      int after = pads[1];
      if (node.integer("ceil_mode", 0) == 1) {
        int over = size + pads[0] + pads[1] - extent;
        int outputs = Math.floorDiv(over + stride - 1, stride) + 1;
        outputs -= (outputs - 1) * stride >= size + pads[0] ? 1 : 0;
        after = Math.max(after, (outputs - 1) * stride + extent - size - pads[0]);
      }
      return new Window.Axis(kernel[i], stride, dilation, pads[0], after);
    }

    private int at(String attribute, int i, int otherwise) {
      long[] values = node.integers(attribute);
      long value = i < values.length ? values[i] : otherwise;
      Checks.refuse(Math.abs(value) > LARGEST, "%s of %s", attribute, value);
      return (int) value;
    }

    private int[] pads(int i, int size, int stride, int extent) {
      String auto = node.text("auto_pad", "NOTSET");
      return switch (auto) {
        case "VALID" -> new int[2];
        case "SAME_UPPER", "SAME_LOWER" -> same(auto, size, stride, extent);
        case "NOTSET", "" -> new int[] {at("pads", i, 0), at("pads", i + kernel.length, 0)};
        default -> throw new IllegalArgumentException("auto_pad '" + auto + "'");
      };
    }

    private static int[] same(String auto, int size, int stride, int extent) {
      int outputs = (size + stride - 1) / stride;
      int total = Math.max(0, (outputs - 1) * stride + extent - size);
      int small = total / 2;
      return auto.equals("SAME_UPPER")
          ? new int[] {small, total - small}
          : new int[] {total - small, small};
    }
  }
}
