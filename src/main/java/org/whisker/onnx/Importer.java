package org.whisker.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.TensorProto;
import org.jspecify.annotations.Nullable;
import org.whisker.network.FeatureShape;
import org.whisker.onnx.graph.DataType;
import org.whisker.onnx.graph.Functions;
import org.whisker.onnx.graph.GraphNode;
import org.whisker.onnx.graph.OnnxException;

/**
 * Turns a graph into a network under construction, node by node: what is known is computed, what
 * depends on the picture becomes layers.
 */
final class Importer {
  private static final int DEEPEST = 16;

  private final Graph graph;
  private final Scope scope;
  private final TensorReader tensors;

  private Importer(Graph graph, Scope scope, TensorReader tensors) {
    this.graph = graph;
    this.scope = scope;
    this.tensors = tensors;
  }

  /** A network under construction, and the position of its result. */
  record Result(Draft draft, int output) {}

  /**
   * Imports a graph.
   *
   * @param size of the input, where the file leaves it open
   */
  static Result of(Graph graph, Optional<FeatureShape> size, TensorReader tensors)
      throws OnnxException {
    InputLayout input = InputLayout.of(graph.input(), size);
    GraphNode source =
        new GraphNode("input", "Input", "", List.of(), List.of(graph.input().name()), Map.of());
    Draft draft = new Draft(source, input.shape());
    Scope scope = new Scope(graph, draft, input.view(), input.batch());
    Importer importer = new Importer(graph, scope, tensors);
    importer.run(graph.nodes(), 0);
    return importer.result();
  }

  private Result result() throws OnnxException {
    Value value = scope.value(graph.output());
    if (!(value instanceof View view)) {
      throw new OnnxException(
          "output '" + graph.output() + "' does not depend on the picture; name another");
    }
    try {
      return new Result(scope.draft(), scope.layout().vector(view).node());
    } catch (IllegalArgumentException e) {
      throw new OnnxException("output '" + graph.output() + "': " + e.getMessage(), e);
    }
  }

  private void run(List<GraphNode> nodes, int depth) throws OnnxException {
    for (GraphNode node : nodes) {
      scope.draft().source(node);
      try {
        step(node, depth);
      } catch (IllegalArgumentException
          | ArithmeticException
          | IndexOutOfBoundsException
          | NegativeArraySizeException e) {
        throw new OnnxException(
            node.label() + " can't be read: " + e.getMessage() + "; " + Mends.of(node), e);
      }
    }
  }

  private void step(GraphNode node, int depth) throws OnnxException {
    if (node.op().equals("Constant") && node.domain().isEmpty()) {
      scope.put(node.firstOutput(), constant(node));
    } else if (node.op().equals("If") && node.domain().isEmpty()) {
      branch(node, depth);
    } else {
      List<@Nullable Constant> known = scope.constants(node);
      List<? extends Value> outputs =
          known != null && !known.isEmpty() ? folded(node, known) : layers(node);
      for (int i = 0; i < Math.min(outputs.size(), node.outputs().size()); i++) {
        scope.put(node.outputs().get(i), outputs.get(i));
      }
    }
  }

  private List<Constant> folded(GraphNode node, List<@Nullable Constant> known)
      throws OnnxException {
    List<@Nullable Constant> inputs = new ArrayList<>(known);
    if (node.op().equals("ConstantOfShape") && node.has("value")) {
      inputs.add(constant(node));
    }
    return Folding.of(node, inputs).orElseThrow(() -> unknown(node));
  }

  private static IllegalArgumentException unknown(GraphNode node) {
    return new IllegalArgumentException("there is no layer for " + node.op());
  }

  private List<? extends Value> layers(GraphNode node) {
    if (!node.domain().isEmpty() && !Mends.known(node.domain())) {
      throw unknown(node);
    }
    Optional<List<? extends Value>> shaped = ShapeOps.of(scope, node);
    if (shaped.isPresent()) {
      return shaped.get();
    }
    return List.of(
        ElementwiseOps.of(scope, node)
            .or(() -> WindowOps.of(scope, node))
            .or(() -> NormOps.of(scope, node))
            .or(() -> LinearOps.of(scope, node))
            .or(() -> ReduceOps.of(scope, node))
            .orElseThrow(() -> unknown(node)));
  }

  private Constant constant(GraphNode node) throws OnnxException {
    AttributeProto value = node.attributes().get("value");
    if (value != null && value.hasT()) {
      return tensors.read(value.getT());
    } else if (node.has("value_float")) {
      return Constant.floats(new int[0], (float) node.number("value_float", 0));
    } else if (node.has("value_floats")) {
      float[] values = node.numbers("value_floats");
      return Constant.floats(new int[] {values.length}, values);
    } else if (node.has("value_int")) {
      return Constant.integers(DataType.INT64, new int[0], node.integer("value_int", 0));
    } else if (node.has("value_ints")) {
      return Constant.vector(node.integers("value_ints"));
    }
    throw new IllegalArgumentException(
        "a constant of kind " + new TreeSet<>(node.attributes().keySet()));
  }

  /** The branch that a known condition takes. */
  private void branch(GraphNode node, int depth) throws OnnxException {
    if (depth > DEEPEST) {
      throw new IllegalArgumentException("branches lie in branches without end");
    }
    boolean condition = scope.constant(node, 0).integer(0) != 0;
    AttributeProto taken = node.attributes().get(condition ? "then_branch" : "else_branch");
    if (taken == null || !taken.hasG()) {
      throw new IllegalArgumentException("a branch is missing");
    }
    GraphProto inner = taken.getG();
    for (TensorProto tensor : inner.getInitializerList()) {
      scope.put(tensor.getName(), tensors.read(tensor));
    }
    run(new Functions(List.of()).inlined(inner.getNodeList()), depth + 1);
    for (int i = 0; i < Math.min(inner.getOutputCount(), node.outputs().size()); i++) {
      scope.put(node.outputs().get(i), scope.value(inner.getOutput(i).getName()));
    }
  }
}
