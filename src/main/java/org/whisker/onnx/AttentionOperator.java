package org.whisker.onnx;

import java.util.List;
import org.whisker.network.Activation;
import org.whisker.onnx.Scope.Value;
import org.whisker.onnx.graph.DataType;
import org.whisker.onnx.graph.GraphNode;
import org.whisker.value.Checks;

/**
 * Attention as one node (Vaswani et al., arXiv 1706.03762): each query takes the mean of all
 * values, weighted by the softmax of its products with their keys.
 */
record AttentionOperator(Scope scope, GraphNode node) {
  /** Minus this much hides a key; of float32, and not infinite in bfloat16 either. */
  private static final float HIDDEN = -1e30f;

  static List<Operator> all() {
    return List.of(
        Operator.named("Attention")
            .since(23)
            .limits("all keys are of the picture, a known mask")
            .mend("export the model for whole pictures, without a cache")
            .reads((scope, node) -> List.of(new AttentionOperator(scope, node).read())));
  }

  private View read() {
    Checks.refuse(
        node.has(4) || node.has(5) || node.has(6) || node.outputs().size() > 1,
        "it has a cache of keys, or gives its scores");
    View given = scope.view(node, 0);
    View q = heads(given, "q_num_heads");
    View k = heads(scope.view(node, 1), "kv_num_heads");
    View v = heads(scope.view(node, 2), "kv_num_heads");
    Checks.require(q.shape()[1] == k.shape()[1], "%s heads of %s keys", q.shape()[1], k.shape()[1]);
    View turned = k.transposed(new int[] {0, 1, 3, 2});
    double scale = node.number("scale", 1 / Math.sqrt(q.shape()[3]));
    View scores =
        ArithmeticOperators.affine(scope, LinearOperators.product(scope, q, turned), scale, 0);
    View weights = NormOperators.softmax(scope, masked(capped(scores)), 3);
    View mixed = LinearOperators.product(scope, weights, v);
    return given.rank() == 4 ? mixed : joined(mixed);
  }

  /** Queries, keys or values as pictures x heads x tokens x features. */
  private View heads(View x, String attribute) {
    if (x.rank() == 4) {
      return x;
    }
    int count = Math.toIntExact(node.integer(attribute, 0));
    Checks.refuse(
        x.rank() != 3 || count < 1 || x.shape()[2] % count != 0,
        "a tensor of rank %s for %s heads",
        x.rank(),
        count);
    int[] s = x.shape();
    return scope
        .layout()
        .reshaped(x, new int[] {s[0], s[1], count, s[2] / count})
        .transposed(new int[] {0, 2, 1, 3});
  }

  private View joined(View mixed) {
    int[] s = mixed.shape();
    View turned = mixed.transposed(new int[] {0, 2, 1, 3});
    return scope.layout().reshaped(turned, new int[] {s[0], s[2], s[1] * s[3]});
  }

  private View capped(View scores) {
    double cap = node.number("softcap", 0);
    if (cap == 0) {
      return scores;
    }
    View part = ArithmeticOperators.affine(scope, scores, 1 / cap, 0);
    Activation tanh = Activation.of(Activation.Kind.TANH);
    View bent = part.of(scope.draft().add(tanh, part.node()));
    return ArithmeticOperators.affine(scope, bent, cap, 0);
  }

  private View masked(View scores) {
    View x = scores;
    Value mask = node.has(3) ? scope.value(node, 3) : null;
    if (mask != null) {
      x = arithmetic().sum(x, mask instanceof Constant c ? additive(c) : mask);
    }
    return node.integer("is_causal", 0) == 1
        ? arithmetic().sum(x, causal(x.shape()[2], x.shape()[3]))
        : x;
  }

  private ArithmeticOperators arithmetic() {
    return new ArithmeticOperators(scope, node);
  }

  /** A mask that is added: of truths, those that are false hide a key. */
  private static Constant additive(Constant mask) {
    if (mask.type() != DataType.BOOL) {
      return mask;
    }
    float[] values = new float[mask.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = mask.integer(i) == 0 ? HIDDEN : 0;
    }
    return Constant.floats(mask.shape(), values);
  }

  /** Hides the keys behind each query. */
  private static Constant causal(int queries, int keys) {
    float[] values = new float[Constant.allocatable(new int[] {queries, keys})];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % keys > i / keys ? HIDDEN : 0;
    }
    return Constant.floats(new int[] {queries, keys}, values);
  }
}
