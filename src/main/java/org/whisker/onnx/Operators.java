package org.whisker.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.whisker.network.Layer;
import org.whisker.onnx.graph.GraphNode;

/**
 * The list of ONNX operators: those that are read, computed or written, and those whose refusal
 * says more than that of an unknown one. A new operator is an entry here, or in the list of its
 * family. The table of docs/guide.md is made of this list.
 */
final class Operators {
  /** Domains whose operators mean what ONNX's operators of the same name mean. */
  private static final Set<String> DOMAINS = Set.of("com.microsoft", "pkg.torch.nn", "ai.onnx");

  private static final Operators STANDARD =
      new Operators(
          Stream.of(
                  ActivationOperators.all(),
                  ArithmeticOperators.all(),
                  WindowOperators.all(),
                  NormOperators.all(),
                  LinearOperators.all(),
                  ReduceOperators.all(),
                  ShapeOperators.all(),
                  PartOperators.all(),
                  PadOperator.all(),
                  ResizeOperators.all(),
                  ConstantOperators.all(),
                  refused())
              .flatMap(List::stream)
              .toList());

  private final Map<String, Operator> byName = new LinkedHashMap<>();
  private final Map<Object, Operator.Writer<Layer>> writers = new HashMap<>();

  private Operators(List<Operator> all) {
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

  /** All operators that whisker knows. */
  static Operators standard() {
    return STANDARD;
  }

  /** These and another one. */
  Operators with(Operator operator) {
    List<Operator> more = new ArrayList<>(all());
    more.add(operator);
    return new Operators(more);
  }

  /** In the order of the list, families together. */
  List<Operator> all() {
    return List.copyOf(byName.values());
  }

  /** What is known of a node's operator, whatever its domain; empty if it isn't listed. */
  Optional<Operator> of(GraphNode node) {
    return Optional.ofNullable(byName.get(node.op()));
  }

  /** How a node becomes layers; empty for operators of other domains, too. */
  Optional<Operator.Reader> reader(GraphNode node) {
    boolean known = node.domain().isEmpty() || DOMAINS.contains(node.domain());
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
        Operator.named("RNN").mend(other),
        Operator.named("Attention").since(23).mend(other),
        Operator.named("Einsum").since(12).mend(other));
  }
}
