package org.whisker.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.whisker.onnx.graph.Functions;
import org.whisker.onnx.graph.GraphNode;
import org.whisker.onnx.graph.OnnxException;
import org.whisker.onnx.proto.Onnx.GraphProto;
import org.whisker.onnx.proto.Onnx.TensorProto;
import org.whisker.value.Checks;
import org.whisker.value.Text;

/**
 * What the readers of operators work on: what the names of a graph stand for so far, and the
 * network under construction.
 */
final class Scope {
  /** What a name in a graph stands for: a known tensor, or one that depends on the picture. */
  sealed interface Value permits Constant, View {
    /** The dimensions of the value, for one picture. */
    int[] shape();
  }

  private final Map<String, Value> values = new HashMap<>();
  private final Draft draft;
  private final Layout layout;
  private final long opset;
  private final long batch;
  private final TensorReader tensors;
  private final Inner inner;

  /** Reads the nodes of a graph that is part of a node. */
  @FunctionalInterface
  interface Inner {
    /** Reads nodes; what they make has a value then. */
    void run(List<GraphNode> nodes) throws OnnxException;
  }

  /**
   * @param batch the number of pictures if the file fixes it, else 1
   */
  Scope(OnnxFile graph, Draft draft, View input, long batch, TensorReader tensors, Inner inner) {
    this.draft = draft;
    this.tensors = tensors;
    this.inner = inner;
    this.layout = new Layout(draft);
    this.opset = graph.opset();
    this.batch = batch;
    values.putAll(graph.constants());
    values.put(graph.input().name(), input);
  }

  /** The network under construction, to which readers add layers. */
  Draft draft() {
    return draft;
  }

  /** Brings views into the form that a layer needs. */
  Layout layout() {
    return layout;
  }

  long opset() {
    return opset;
  }

  /** The number of pictures if the file fixes it, else 1. */
  long batch() {
    return batch;
  }

  TensorReader tensors() {
    return tensors;
  }

  /** Reads a graph that is part of a node, such as a branch of an If. */
  void run(GraphProto graph) throws OnnxException {
    for (TensorProto tensor : graph.getInitializerList()) {
      put(tensor.getName(), tensors.read(tensor));
    }
    inner.run(new Functions(List.of()).inlined(graph.getNodeList()));
  }

  void put(String name, Value value) {
    if (!name.isEmpty()) {
      values.put(name, value);
    }
  }

  /** What a name stands for. */
  Value value(String name) {
    Value value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("'" + name + "' has no value");
    }
    return value;
  }

  Value value(GraphNode node, int input) {
    Checks.require(node.has(input), "input %s is missing", input);
    return value(node.inputs().get(input));
  }

  /** An input that depends on the picture. */
  View view(GraphNode node, int input) {
    if (value(node, input) instanceof View view) {
      return view;
    }
    throw new IllegalArgumentException("input " + input + " does not depend on the picture");
  }

  /** An input that is known. */
  Constant constant(GraphNode node, int input) {
    if (value(node, input) instanceof Constant constant) {
      return constant;
    }
    throw new IllegalArgumentException(
        Text.of(
            "input %d ('%s') depends on the picture, a constant can be read",
            input, node.inputs().get(input)));
  }

  /** An input that is known; null if it is left out. */
  @Nullable Constant optional(GraphNode node, int input) {
    return node.has(input) ? constant(node, input) : null;
  }

  /** All inputs if they are known, null for those left out; otherwise null. */
  @Nullable List<@Nullable Constant> constants(GraphNode node) {
    List<@Nullable Constant> found = new ArrayList<>();
    for (int i = 0; i < node.inputs().size(); i++) {
      Value value = node.has(i) ? value(node, i) : null;
      if (value instanceof View) {
        return null;
      }
      found.add((Constant) value);
    }
    return found;
  }
}
