package org.whisker.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;
import org.whisker.network.Layer;
import org.whisker.network.Network.FeatureShape;
import org.whisker.onnx.graph.GraphNode;
import org.whisker.onnx.graph.OnnxException;

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
}
