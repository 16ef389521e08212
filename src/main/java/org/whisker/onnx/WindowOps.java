package org.whisker.onnx;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.whisker.network.FeatureShape;
import org.whisker.network.Layer;
import org.whisker.network.Operation;
import org.whisker.network.Operation.Pad;
import org.whisker.network.Operation.Reduce;
import org.whisker.network.Window;
import org.whisker.onnx.graph.GraphNode;
import org.whisker.weights.Tensor;

/** Convolutions and poolings. */
final class WindowOps {
  private final Scope scope;
  private final GraphNode node;

  private WindowOps(Scope scope, GraphNode node) {
    this.scope = scope;
    this.node = node;
  }

  static Optional<View> of(Scope scope, GraphNode node) {
    return Optional.ofNullable(new WindowOps(scope, node).result());
  }

  private @Nullable View result() {
    return switch (node.op()) {
      case "Conv" -> convolution();
      case "MaxPool" -> maxPool();
      case "AveragePool" -> averagePool();
      case "GlobalAveragePool" -> map(scope.draft().add(new Layer.AdaptiveAvgPool(1), x().node()));
      case "GlobalMaxPool" ->
          map(scope.draft().add(new Reduce(Reduce.How.MAX, Reduce.Over.POSITIONS), x().node()));
      default -> null;
    };
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
      return LineConvolution.of(scope, node);
    }
    if (w.length != 4) {
      throw new IllegalArgumentException(
          "a kernel of rank "
              + w.length
              + "; only convolutions of one or two dimensions can be read");
    }
    Window window = new Windows(node, shape(), new int[] {w[2], w[3]}).window();
    return map(convolved(scope, node, x().node(), weight, window));
  }

  /** A map convolved with a weight of four dimensions, and the node's groups and bias. */
  static int convolved(Scope scope, GraphNode node, int x, Constant weight, Window window) {
    int[] w = weight.shape();
    int channels = scope.draft().shape(x).channels();
    int groups = Math.toIntExact(node.integer("group", 1));
    if (groups < 1 || w[1] * (long) groups != channels) {
      throw new IllegalArgumentException(
          "a weight for %d x %d channels, the map has %d".formatted(groups, w[1], channels));
    }
    Map<String, Tensor> tensors = new HashMap<>(Map.of("weight", Tensors.of(weight)));
    Constant bias = scope.optional(node, 2);
    if (bias != null) {
      tensors.put("bias", Tensors.vector(bias, w[0], "a bias"));
    }
    Layer layer = new Layer.Conv(channels, w[0], window, groups, bias != null);
    return scope.draft().add(layer, tensors, x);
  }

  private View maxPool() {
    Window window = new Windows(node, shape(), Windows.kernel(node)).window();
    return map(scope.draft().add(new Layer.MaxPool(window), x().node()));
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
    Layer layer = whole ? new Layer.AdaptiveAvgPool(1) : new Layer.AvgPool(window);
    return map(scope.draft().add(layer, x));
  }

  private static Pad.Sides sides(Window.Axis axis) {
    return new Pad.Sides(axis.before(), axis.after());
  }

  private GraphNode withoutCeiling() {
    Map<String, onnx.Onnx.AttributeProto> attributes = new HashMap<>(node.attributes());
    attributes.remove("ceil_mode");
    return new GraphNode(
        node.name(), node.op(), node.domain(), node.inputs(), node.outputs(), attributes);
  }

  /** What {@code ceil_mode} adds behind the padding that counts. */
  private static Window.Axis behind(Window.Axis all, Window.Axis counted) {
    return new Window.Axis(
        all.kernel(), all.stride(), all.dilation(), 0, all.after() - counted.after());
  }

  /** The part of an axis. */
  static Operation.Range range(int start, int count, int step) {
    return new Operation.Range(start, start + (count - 1) * step + 1, step);
  }
}
