package org.whisker.onnx;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.whisker.onnx.Scope.Value;
import org.whisker.onnx.graph.DataType;
import org.whisker.onnx.graph.GraphNode;
import org.whisker.onnx.graph.OnnxException;
import org.whisker.onnx.proto.Onnx.AttributeProto;
import org.whisker.onnx.proto.Onnx.GraphProto;
import org.whisker.value.Checks;

/** Tensors that a file states or that follow from shapes, and branches that follow from them. */
final class ConstantOperators {
  static final String UNBRANCHED = "export it without branches that depend on the picture";

  private ConstantOperators() {}

  static List<Operator> all() {
    return List.of(
        Operator.named("Constant")
            .reads(Operator.Reader.ofAll((scope, node) -> List.of(stated(node, scope.tensors())))),
        Operator.named("ConstantOfShape").since(9).computes(ConstantOperators::knownFilled),
        Operator.named("Range").since(11).computes(ConstantOperators::knownRange),
        Operator.named("Where")
            .since(9)
            .limits("a known condition")
            .reads((scope, node) -> List.of(new ArithmeticOperators(scope, node).where()))
            .computes(ConstantOperators::knownWhere),
        Operator.named("If")
            .limits("a known condition")
            .mend(UNBRANCHED)
            .reads(Operator.Reader.ofAll(ConstantOperators::branch)));
  }

  /** The tensor that a node states in an attribute. */
  private static Constant stated(GraphNode node, TensorReader tensors) throws OnnxException {
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

  private static Constant knownFilled(Operator.KnownNode in) throws OnnxException {
    int[] shape = ShapeOperators.dimensions(in.x());
    int size = in.budget().take(shape);
    Constant value = in.node().has("value") ? stated(in.node(), in.tensors()) : null;
    if (value == null) {
      return Constant.floats(shape, new float[size]);
    }
    return value.picked(shape, new int[size]);
  }

  private static Constant knownRange(Operator.KnownNode in) {
    double start = in.x().number(0);
    double step = in.at(2).number(0);
    double count = Math.max(0, Math.ceil((in.at(1).number(0) - start) / step));
    Checks.require(count <= Constant.LARGEST, "a range of %s numbers", count);
    int[] shape = {(int) count};
    in.budget().take(shape);
    if (in.x().floating()) {
      float[] values = new float[shape[0]];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (start + i * step);
      }
      return Constant.floats(shape, values);
    }
    return Constant.integers(
        in.x().type(),
        shape,
        IntStream.range(0, shape[0]).mapToLong(i -> (long) (start + i * step)).toArray());
  }

  private static Constant knownWhere(Operator.KnownNode in) {
    int[] to =
        Shapes.broadcast(Shapes.broadcast(in.x().shape(), in.at(1).shape()), in.at(2).shape());
    in.budget().take(to);
    int[] condition = Shapes.sources(in.x().shape(), to);
    int[] yes = Shapes.sources(in.at(1).shape(), to);
    int[] no = Shapes.sources(in.at(2).shape(), to);
    double[] values = new double[condition.length];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          in.x().integer(condition[i]) != 0 ? in.at(1).number(yes[i]) : in.at(2).number(no[i]);
    }
    return ArithmeticOperators.like(in.at(1), to, values);
  }

  /** The outputs of the branch that a known condition takes. */
  private static List<? extends Value> branch(Scope scope, GraphNode node) throws OnnxException {
    boolean condition = scope.constant(node, 0).integer(0) != 0;
    AttributeProto taken = node.attributes().get(condition ? "then_branch" : "else_branch");
    if (taken == null || !taken.hasG()) {
      throw new IllegalArgumentException("a branch is missing");
    }
    GraphProto inner = taken.getG();
    scope.run(inner);
    return inner.getOutputList().stream()
        .limit(node.outputs().size())
        .map(out -> scope.value(out.getName()))
        .toList();
  }
}
