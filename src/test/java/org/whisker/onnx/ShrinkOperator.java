package org.whisker.onnx;

import java.util.List;
import org.whisker.network.Activation;
import org.whisker.network.Operation.Combine;
import org.whisker.onnx.graph.GraphNode;

/**
 * Shrink, as an example of an operator that is added (CONTRIBUTING.md): 0 where |x| is at most
 * {@code lambd}, elsewhere x nearer to 0 by {@code bias}. Where both are the same number l it is
 * soft shrinkage, x − clip(x, −l, l), for which there are layers.
 */
final class ShrinkOperator {
  static final Operator SHRINK =
      Operator.named("Shrink")
          .since(9)
          .limits("soft shrinkage, with equal lambd and bias")
          .mend("replace it by soft shrinkage, or import a TorchScript module instead")
          .reads((scope, node) -> List.of(read(scope, node)))
          .computes(in -> computed(in.x(), in.node().number("lambd", 0.5)));

  private ShrinkOperator() {}

  private static View read(Scope scope, GraphNode node) {
    double lambd = node.number("lambd", 0.5);
    double bias = node.number("bias", 0);
    if (lambd != bias) {
      throw new IllegalArgumentException("a lambd of %s and a bias of %s".formatted(lambd, bias));
    }
    View x = scope.view(node, 0);
    int clipped = scope.draft().add(Activation.clip(-lambd, lambd), x.node());
    return x.of(scope.draft().combine(Combine.Kind.SUB, x.node(), clipped));
  }

  private static Constant computed(Constant x, double lambd) {
    float[] values = new float[x.size()];
    for (int i = 0; i < values.length; i++) {
      double v = x.number(i);
      values[i] = (float) (v - Math.max(-lambd, Math.min(lambd, v)));
    }
    return Constant.floats(x.shape(), values);
  }
}
