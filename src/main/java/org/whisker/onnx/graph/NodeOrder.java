package org.whisker.onnx.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.whisker.onnx.proto.Onnx.AttributeProto;
import org.whisker.onnx.proto.Onnx.GraphProto;
import org.whisker.onnx.proto.Onnx.NodeProto;

/** Orders the nodes that an output needs so that each stands behind those it reads. */
public final class NodeOrder {
  private final Map<String, GraphNode> makers = new HashMap<>();
  private final Set<String> given;

  /**
   * @param given names that need no node: inputs and initial tensors
   */
  public NodeOrder(List<GraphNode> nodes, Set<String> given) throws OnnxException {
    this.given = given;
    for (GraphNode node : nodes) {
      for (String output : node.outputs()) {
        if (!output.isEmpty() && makers.putIfAbsent(output, node) != null) {
          throw new OnnxException(
              "two nodes make '" + output + "'; the file is damaged, export the model again");
        }
      }
    }
  }

  /** What is still to be done: a node is entered, and left when all it reads is in order. */
  private record Visit(GraphNode node, boolean leaving) {}

  public List<GraphNode> upTo(String output) throws OnnxException {
    Set<GraphNode> done = identities();
    Set<GraphNode> entered = identities();
    List<GraphNode> order = new ArrayList<>();
    Deque<Visit> open = new ArrayDeque<>();
    push(open, output, "the graph");
    while (!open.isEmpty()) {
      Visit visit = open.pop();
      if (visit.leaving()) {
        done.add(visit.node());
        order.add(visit.node());
      } else if (!done.contains(visit.node())) {
        if (!entered.add(visit.node())) {
          throw new OnnxException(
              visit.node().label() + " reads its own output; the graph has a cycle and no value");
        }
        open.push(new Visit(visit.node(), true));
        List<String> reads = reads(visit.node());
        for (int i = reads.size() - 1; i >= 0; i--) {
          enter(open, reads.get(i), visit.node(), done, entered);
        }
      }
    }
    return order;
  }

  /**
   * A set by identity: a node may hold a large tensor, whose hash would be computed again and
   * again.
   */
  private static Set<GraphNode> identities() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  private void enter(
      Deque<Visit> open, String name, GraphNode reader, Set<GraphNode> done, Set<GraphNode> entered)
      throws OnnxException {
    GraphNode maker = makers.get(name);
    if (maker == null || !done.contains(maker)) {
      if (maker != null && entered.contains(maker) && isOpen(open, maker)) {
        throw new OnnxException(
            maker.label() + " reads its own output; the graph has a cycle and no value");
      }
      push(open, name, reader.label());
    }
  }

  private static boolean isOpen(Deque<Visit> open, GraphNode node) {
    return open.stream().anyMatch(v -> v.leaving() && v.node().outputs().equals(node.outputs()));
  }

  private void push(Deque<Visit> open, String name, String reader) throws OnnxException {
    GraphNode maker = makers.get(name);
    if (maker != null) {
      open.push(new Visit(maker, false));
    } else if (!given.contains(name)) {
      throw new OnnxException(
          "%s reads '%s', which nothing makes; the file is damaged, export the model again"
              .formatted(reader, name));
    }
  }

  /** All names that a node reads, also those read by graphs inside it. */
  public static List<String> reads(GraphNode node) {
    List<String> names = new ArrayList<>();
    node.inputs().stream().filter(n -> !n.isEmpty()).forEach(names::add);
    for (AttributeProto attribute : node.attributes().values()) {
      if (attribute.hasG()) {
        names.addAll(captured(attribute.getG()));
      }
    }
    return names;
  }

  private static List<String> captured(GraphProto graph) {
    Set<String> made = new HashSet<>();
    graph.getInputList().forEach(i -> made.add(i.getName()));
    graph.getInitializerList().forEach(i -> made.add(i.getName()));
    List<String> read = new ArrayList<>();
    for (NodeProto node : graph.getNodeList()) {
      read.addAll(node.getInputList());
      node.getAttributeList().stream()
          .filter(AttributeProto::hasG)
          .forEach(a -> read.addAll(captured(a.getG())));
      made.addAll(node.getOutputList());
    }
    graph.getOutputList().forEach(o -> read.add(o.getName()));
    read.removeIf(name -> name.isEmpty() || made.contains(name));
    return read;
  }
}
