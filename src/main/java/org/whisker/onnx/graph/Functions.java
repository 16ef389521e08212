package org.whisker.onnx.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.whisker.onnx.proto.Onnx.AttributeProto;
import org.whisker.onnx.proto.Onnx.FunctionProto;
import org.whisker.onnx.proto.Onnx.NodeProto;

/** Puts the bodies of a model's own functions in the place of their calls. */
public final class Functions {
  private static final int DEEPEST = 32;
  private static final int MOST_NODES = 200_000;

  private final Map<String, FunctionProto> functions = new HashMap<>();
  private int calls;
  private int nodes;

  public Functions(List<FunctionProto> list) {
    list.forEach(f -> functions.put(key(f.getDomain(), f.getName()), f));
  }

  private static String key(String domain, String name) {
    return (domain.equals("ai.onnx") ? "" : domain) + ":" + name;
  }

  /** All nodes, with calls replaced. */
  public List<GraphNode> inlined(List<NodeProto> list) throws OnnxException {
    List<GraphNode> found = new ArrayList<>();
    for (NodeProto node : list) {
      inline(node(node, name -> name, Map.of()), 0, found);
    }
    return found;
  }

  private void inline(GraphNode node, int depth, List<GraphNode> to) throws OnnxException {
    if (depth > DEEPEST || ++nodes > MOST_NODES) {
      throw new OnnxException(
          node.label() + ": functions call each other without end; export the model again");
    }
    FunctionProto function = functions.get(key(node.domain(), node.op()));
    if (function == null) {
      to.add(node);
    } else {
      Map<String, String> names = arguments(node, function);
      Map<String, AttributeProto> attributes = new HashMap<>();
      function.getAttributeProtoList().forEach(a -> attributes.put(a.getName(), a));
      attributes.putAll(node.attributes());
      String prefix = "call" + calls++ + "/" + (node.name().isEmpty() ? "" : node.name() + "/");
      for (NodeProto inner : function.getNodeList()) {
        inline(
            node(inner, n -> n.isEmpty() ? n : names.getOrDefault(n, prefix + n), attributes),
            depth + 1,
            to);
      }
    }
  }

  private static Map<String, String> arguments(GraphNode node, FunctionProto function) {
    Map<String, String> names = new HashMap<>();
    for (int i = 0; i < function.getInputCount(); i++) {
      names.put(function.getInput(i), i < node.inputs().size() ? node.inputs().get(i) : "");
    }
    for (int i = 0; i < Math.min(node.outputs().size(), function.getOutputCount()); i++) {
      if (!node.outputs().get(i).isEmpty()) {
        names.put(function.getOutput(i), node.outputs().get(i));
      }
    }
    return names;
  }

  private static GraphNode node(
      NodeProto node, UnaryOperator<String> names, Map<String, AttributeProto> outer) {
    Map<String, AttributeProto> attributes = new HashMap<>();
    for (AttributeProto attribute : node.getAttributeList()) {
      String from = attribute.getRefAttrName();
      if (from.isEmpty()) {
        attributes.put(attribute.getName(), attribute);
      } else if (outer.containsKey(from)) {
        attributes.put(attribute.getName(), outer.get(from));
      }
    }
    String domain = node.getDomain().equals("ai.onnx") ? "" : node.getDomain();
    return new GraphNode(
        node.getName().isEmpty() ? "" : names.apply(node.getName()),
        node.getOpType(),
        domain,
        node.getInputList().stream().map(names).toList(),
        node.getOutputList().stream().map(names).toList(),
        attributes);
  }
}
