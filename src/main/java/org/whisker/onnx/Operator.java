package org.whisker.onnx;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.whisker.network.Activation;
import org.whisker.network.Layer;
import org.whisker.network.Operation;
import org.whisker.onnx.Scope.Value;
import org.whisker.onnx.graph.GraphNode;
import org.whisker.onnx.graph.OnnxException;
import org.whisker.option.Records;

/**
 * What is known of one operator of ONNX: since which opset it exists, how a node is read whose
 * inputs depend on the picture, how one is computed whose inputs are all known, and which layers an
 * export writes by it. {@link OperatorList} lists them.
 *
 * @param name as in files
 * @param since the first opset that has it; 0 if ONNX has none of that name, but other domains do
 * @param until the last opset that has it; {@link #ALWAYS} if it was not withdrawn
 * @param reader for nodes that depend on the picture; empty if there is no layer for it
 * @param computation for nodes all of whose inputs are known; empty if they aren't computed
 * @param writers by the kind of layer, see {@link #kind}
 * @param limits what of it is read, in words; empty if it is read as ONNX defines it
 * @param mend what to do about a node that can't be read
 */
record Operator(
    String name,
    int since,
    int until,
    Optional<Reader> reader,
    Optional<Computation> computation,
    Map<Object, Writer<Layer>> writers,
    String limits,
    String mend) {
  static final int ALWAYS = Integer.MAX_VALUE;

  /** Advice for nodes of which nothing better is known. */
  static final String SIMPLIFY =
      "import a TorchScript module instead, or simplify the file (onnxsim) and try again";

  /** Turns a node into layers, or into a view of those that there are. */
  @FunctionalInterface
  interface Reader {
    /**
     * The outputs of a node, as many as it has.
     *
     * @throws IllegalArgumentException if the node can't be read, saying why
     */
    List<? extends Value> read(Scope scope, GraphNode node) throws OnnxException;

    /** Whether a node is read even if all its inputs are known, as an If is. */
    default boolean always() {
      return false;
    }

    /** A reader that is used even for nodes all of whose inputs are known. */
    static Reader ofAll(Reader reader) {
      return new Reader() {
        @Override
        public List<? extends Value> read(Scope scope, GraphNode node) throws OnnxException {
          return reader.read(scope, node);
        }

        @Override
        public boolean always() {
          return true;
        }
      };
    }
  }

  /** Computes a node all of whose inputs are known. */
  @FunctionalInterface
  interface Computation {
    /**
     * The outputs of a node, as many as it has.
     *
     * @throws IllegalArgumentException if the node can't be computed, saying why
     */
    List<Constant> of(KnownNode node) throws OnnxException;
  }

  /** Writes a layer as nodes of opset {@value OnnxExport#OPSET}. */
  @FunctionalInterface
  interface Writer<L extends Layer> {
    /** Writes the nodes; returns the name of the value that the last of them makes. */
    String write(LayerWriter to, L layer);
  }

  /** A node all of whose inputs are known; null stands for one that is left out. */
  record KnownNode(
      GraphNode node,
      List<@Nullable Constant> inputs,
      TensorReader tensors,
      Constant.Budget budget) {
    Constant x() {
      return at(0);
    }

    /** An input that the node needs. */
    Constant at(int i) {
      Constant constant = optional(i);
      if (constant == null) {
        throw new IllegalArgumentException("input " + i + " is missing");
      }
      return constant;
    }

    @Nullable Constant optional(int i) {
      return i < inputs.size() ? inputs.get(i) : null;
    }

    /** Axes as an attribute, or in later opsets as the second input. */
    long[] axes() {
      Constant given = optional(1);
      return given == null ? node.integers("axes") : given.integers();
    }
  }

  /** An operator that all opsets have which can be read. */
  static Operator named(String name) {
    return new Operator(
        name, OnnxFile.OLDEST, ALWAYS, Optional.empty(), Optional.empty(), Map.of(), "", SIMPLIFY);
  }

  /** Limits the operator to opsets from this one on. */
  Operator since(int opset) {
    return Records.changed(this, Operator::since).to(opset);
  }

  /** Withdrawn after an opset. */
  Operator until(int opset) {
    return Records.changed(this, Operator::until).to(opset);
  }

  /**
   * Marks an operator that is not in ONNX, but in domains that are read by the names of operators.
   */
  Operator elsewhere() {
    return since(0);
  }

  Operator limits(String text) {
    return Records.changed(this, Operator::limits).to(text);
  }

  Operator mend(String text) {
    return Records.changed(this, Operator::mend).to(text);
  }

  /** Read as one or more outputs. */
  Operator reads(Reader how) {
    return Records.changed(this, Operator::reader).to(Optional.of(how));
  }

  /** Computed as one output. */
  Operator computes(One how) {
    return computesAll(node -> List.of(how.of(node)));
  }

  /** A computation of one output. */
  @FunctionalInterface
  interface One {
    /** The output; throws as {@code Computation.of}. */
    Constant of(KnownNode node) throws OnnxException;
  }

  /** Computed as one or more outputs. */
  Operator computesAll(Computation how) {
    return Records.changed(this, Operator::computation).to(Optional.of(how));
  }

  /** Written for a type of layer. */
  <L extends Layer> Operator writes(Class<L> type, Writer<L> how) {
    return written(type, type, how);
  }

  /** Written for a kind of activation. */
  Operator writes(Activation.Kind kind, Writer<Activation> how) {
    return written(kind, Activation.class, how);
  }

  /** Written for a combination of two maps. */
  Operator writes(Operation.Combine.Kind kind, Writer<Operation.Combine> how) {
    return written(kind, Operation.Combine.class, how);
  }

  /** Written for a reduction. */
  Operator writes(Operation.Reduce.How how, Writer<Operation.Reduce> writer) {
    return written(how, Operation.Reduce.class, writer);
  }

  private <L extends Layer> Operator written(Object kind, Class<L> type, Writer<L> how) {
    Map<Object, Writer<Layer>> more = new HashMap<>(writers);
    more.put(kind, (to, layer) -> how.write(to, type.cast(layer)));
    return new Operator(name, since, until, reader, computation, Map.copyOf(more), limits, mend);
  }

  /**
   * The key by which a layer's writer is found: the kind of an activation and the like, or its
   * type.
   */
  static Object kind(Layer layer) {
    if (layer instanceof Activation activation) {
      return activation.kind();
    } else if (layer instanceof Operation.Combine combine) {
      return combine.kind();
    } else if (layer instanceof Operation.Reduce reduce) {
      return reduce.how();
    }
    return layer.getClass();
  }

  /**
   * The opsets in words, such as "7" for all that can be read, "18", "7 to 9", or that it is none
   * of ONNX's own.
   */
  String opsets() {
    String last = until == ALWAYS ? "" : " to " + until;
    return since == 0 ? "other domains" : since + last;
  }

  @Override
  public String toString() {
    return name + " (" + opsets() + ")";
  }
}
