package org.whisker.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.whisker.network.Layer;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Operation;
import org.whisker.onnx.graph.GraphNode;
import org.whisker.onnx.graph.OnnxException;
import org.whisker.value.Checks;

/**
 * The list of ONNX operators: those that are read, computed or written, and those whose refusal
 * says more than that of an unknown one. A new operator is an entry here, or in the list of its
 * family; one outside whisker is an {@link OnnxOperator}. The table of docs/onnx-operators.md is
 * made of this list.
 */
final class OperatorList {
  /** Domains whose operators mean what ONNX's operators of the same name mean. */
  private static final Set<String> DOMAINS = Set.of("com.microsoft", "pkg.torch.nn", "ai.onnx");

  /** The domain of ONNX Runtime's own operators, many of which are several of ONNX in one. */
  private static final String FUSED = "com.microsoft";

  /** Operators of that domain that are others than ONNX's of the same name. */
  private static final Set<String> OTHERS = Set.of("Attention");

  private static final OperatorList STANDARD =
      new OperatorList(
          Stream.of(
                  ActivationOperators.all(),
                  ArithmeticOperators.all(),
                  WindowOperators.all(),
                  NormOperators.all(),
                  LinearOperators.all(),
                  AttentionOperator.all(),
                  EinsumOperator.all(),
                  ReduceOperators.all(),
                  ShapeOperators.all(),
                  PartOperators.all(),
                  PadOperator.all(),
                  ResizeOperators.all(),
                  ConstantOperators.all(),
                  refused(),
                  ofOthers())
              .flatMap(List::stream)
              .toList());

  private final Map<String, Operator> byName = new LinkedHashMap<>();
  private final Map<Object, Operator.Writer<Layer>> writers = new HashMap<>();

  private OperatorList(List<Operator> all) {
    for (Operator operator : all) {
      if (byName.putIfAbsent(operator.name(), operator) != null) {
        throw new IllegalStateException(operator.name() + " is listed twice");
      }
      operator
          .writers()
          .forEach(
              (kind, writer) -> {
                if (writers.putIfAbsent(kind, writer) != null) {
                  throw new IllegalStateException(kind + " is written by two operators");
                }
              });
    }
  }

  /** The operators that stand outside whisker. */
  private static List<Operator> ofOthers() {
    return ServiceLoader.load(OnnxOperator.class).stream()
        .map(ServiceLoader.Provider::get)
        .map(OperatorList::entry)
        .toList();
  }

  private static Operator entry(OnnxOperator own) {
    return Operator.named(own.name())
        .since(own.since())
        .reads((scope, node) -> List.of(read(own, scope, node)));
  }

  private static View read(OnnxOperator own, Scope scope, GraphNode node) throws OnnxException {
    View x = scope.view(node, 0);
    Draft draft = scope.draft();
    int made = own.read(node, x.node(), new DraftLayers(draft));
    if (!draft.shape(made).equals(draft.shape(x.node()))) {
      throw new IllegalArgumentException(
          "it gives %s of %s".formatted(draft.shape(made), draft.shape(x.node())));
    }
    return x.of(made);
  }

  /** What an operator that stands outside sees of a network under construction. */
  private record DraftLayers(Draft draft) implements OnnxOperator.Layers {
    @Override
    public int add(Layer layer, int... inputs) {
      return draft.add(layer, inputs);
    }

    @Override
    public FeatureShape shape(int layer) {
      return draft.shape(layer);
    }
  }

  /** All operators that whisker knows. */
  static OperatorList standard() {
    return STANDARD;
  }

  /** Returns these operators and another one. */
  OperatorList with(Operator operator) {
    List<Operator> more = new ArrayList<>(all());
    more.add(operator);
    return new OperatorList(more);
  }

  /** All operators in the order of the list, families together. */
  List<Operator> all() {
    return List.copyOf(byName.values());
  }

  /** What is known of a node's operator, whatever its domain; empty if it isn't listed. */
  Optional<Operator> of(GraphNode node) {
    return Optional.ofNullable(byName.get(node.op()));
  }

  /** How a node becomes layers; empty for operators of other domains, too. */
  Optional<Operator.Reader> reader(GraphNode node) {
    boolean known =
        node.domain().isEmpty()
            || (DOMAINS.contains(node.domain())
                && !(node.domain().equals(FUSED) && OTHERS.contains(node.op())));
    return known ? of(node).flatMap(Operator::reader) : Optional.empty();
  }

  /** How a layer is written. */
  Operator.Writer<Layer> writer(Layer layer) {
    Operator.Writer<Layer> found = writers.get(Operator.kind(layer));
    if (found == null) {
      throw new IllegalStateException("no nodes for " + layer);
    }
    return found;
  }

  /** What to do about a node that can't be read. */
  String mend(GraphNode node) {
    if (node.domain().equals(FUSED)) {
      return "ONNX Runtime's optimiser made it: import the file that the exporter wrote, or one"
          + " saved with ORT_DISABLE_ALL";
    }
    return of(node).map(Operator::mend).orElse(Operator.SIMPLIFY);
  }

  /** Operators that are not read, and what to do about them. */
  private static List<Operator> refused() {
    String quantised = "export the model in floating point, before it is quantised";
    String answer = "export the model up to its logits";
    String other = "it is no convolutional network; import it as a TorchScript module";
    return List.of(
        Operator.named("QuantizeLinear").since(10).mend(quantised),
        Operator.named("DequantizeLinear").since(10).mend(quantised),
        Operator.named("QLinearConv").since(10).mend(quantised),
        Operator.named("ConvInteger").since(10).mend(quantised),
        Operator.named("MatMulInteger").since(10).mend(quantised),
        Operator.named("DynamicQuantizeLinear").since(11).mend(quantised),
        Operator.named("Loop").mend(ConstantOperators.UNBRANCHED),
        Operator.named("Scan").since(8).mend(ConstantOperators.UNBRANCHED),
        Operator.named("ArgMax").mend(answer),
        Operator.named("TopK").mend(answer),
        Operator.named("NonMaxSuppression").since(10).mend(answer),
        Operator.named("LSTM").mend(other),
        Operator.named("GRU").mend(other),
        Operator.named("RNN").mend(other));
  }

  /** Resizing of maps: Resize, and Upsample, which it replaced. */
  private record ResizeOperators(Scope scope, GraphNode node) {
    static List<Operator> all() {
      String limits = "rows and columns: linear (half_pixel), or values repeated";
      Operator.Reader reader = (scope, node) -> List.of(new ResizeOperators(scope, node).read());
      return List.of(
          Operator.named("Resize")
              .since(10)
              .limits(limits)
              .reads(reader)
              .writes(Operation.Resize.class, ResizeOperators::write),
          Operator.named("Upsample").until(9).limits(limits).reads(reader));
    }

    private View read() {
      View x = scope.layout().map(scope.view(node, 0));
      FeatureShape in = scope.draft().shape(x.node());
      int[] to = target(in);
      if (to[0] == in.height() && to[1] == in.width()) {
        return x;
      }
      boolean enlarged = to[0] % in.height() == 0 && to[1] % in.width() == 0;
      int made = scope.draft().add(new Operation.Resize(to[0], to[1], linear(enlarged)), x.node());
      return View.map(made, scope.draft().shape(made));
    }

    /**
     * The rows and columns of the result.
     *
     * @throws IllegalArgumentException also for a scale that gives no whole number of pixels, since
     *     positions then follow from the scale, not from the two sizes
     */
    private int[] target(FeatureShape in) {
      Checks.refuse(
          node.integer("antialias", 0) == 1
              || !node.text("keep_aspect_ratio_policy", "stretch").equals("stretch"),
          "a resize with antialiasing or a fixed aspect ratio can't be read");
      boolean old = old();
      Constant sizes = old ? null : scope.optional(node, 3);
      int[] from = {1, in.channels(), in.height(), in.width()};
      int[] to = from.clone();
      if (sizes != null && sizes.size() > 0) {
        int[] axes = axes(sizes.size());
        for (int i = 0; i < axes.length; i++) {
          to[axes[i]] = axes[i] == 0 ? 1 : Math.toIntExact(sizes.integer(i));
        }
      } else {
        double[] scales = scales(scope.optional(node, old ? 1 : 2));
        int[] axes = axes(scales.length);
        for (int i = 0; i < axes.length; i++) {
          to[axes[i]] = scaled(from[axes[i]], scales[i], old);
        }
      }
      Checks.refuse(to[0] != 1 || to[1] != in.channels(), "only rows and columns can be resized");
      return Arrays.copyOfRange(to, 2, 4);
    }

    private boolean old() {
      return node.op().equals("Upsample") || scope.opset() < 11;
    }

    private static int scaled(int size, double scale, boolean old) {
      double exact = size * scale;
      Checks.refuse(old && scale < 1, "before opset 11 only enlargements can be read");
      Checks.require(
          exact - Math.floor(exact) < 1e-4,
          "%d times %s is no whole number of pixels",
          size,
          scale);
      return (int) exact;
    }

    /** The dimensions that sizes or scales are of; since opset 18 they may be named. */
    private int[] axes(int count) {
      long[] named = node.integers("axes");
      int[] axes =
          named.length == 0
              ? IntStream.range(0, 4).toArray()
              : Arrays.stream(named).mapToInt(axis -> Shapes.axis(axis, 4)).toArray();
      Checks.refuse(
          axes.length != count, "it has %d sizes or scales for %d dimensions", count, axes.length);
      return axes;
    }

    private double[] scales(@Nullable Constant given) {
      float[] attribute = node.numbers("scales");
      double[] scales = new double[given == null ? attribute.length : given.size()];
      for (int i = 0; i < scales.length; i++) {
        scales[i] = given == null ? attribute[i] : given.number(i);
      }
      return scales;
    }

    /**
     * Whether it interpolates.
     *
     * @param enlarged whether rows and columns become whole multiples
     */
    private boolean linear(boolean enlarged) {
      boolean old = old();
      String mode = node.text("mode", "nearest");
      String at = old ? "asymmetric" : node.text("coordinate_transformation_mode", "half_pixel");
      String nearest = old ? "floor" : node.text("nearest_mode", "round_prefer_floor");
      if (mode.equals("nearest") && repeats(at, nearest, enlarged)) {
        return false;
      }
      if (mode.equals("linear") && halfPixel(at)) {
        return true;
      }
      throw new IllegalArgumentException(
          "a resize by %s, %s, %s can't be read; linear (half_pixel) and repeated values can"
              .formatted(mode, at, nearest));
    }

    /** Whether each value is repeated, or the first of those that become one is taken. */
    private static boolean repeats(String at, String nearest, boolean enlarged) {
      if (nearest.equals("floor")) {
        return at.equals("asymmetric") || (enlarged && at.equals("tf_half_pixel_for_nn"));
      }
      return enlarged && halfPixel(at) && nearest.startsWith("round_prefer");
    }

    private static boolean halfPixel(String at) {
      return at.equals("half_pixel") || at.equals("pytorch_half_pixel");
    }

    private static String write(LayerWriter to, Operation.Resize resize) {
      String scales =
          to.floats(
              new long[] {4},
              1,
              1,
              (double) resize.height() / to.from().height(),
              (double) resize.width() / to.from().width());
      List<String> inputs = List.of(to.x(), "", scales);
      return resize.linear()
          ? to.node("Resize", inputs, NodeWriter.with("mode", "linear"))
          : to.node(
              "Resize",
              inputs,
              NodeWriter.with("mode", "nearest"),
              NodeWriter.with("coordinate_transformation_mode", "asymmetric"),
              NodeWriter.with("nearest_mode", "floor"));
    }
  }
}
