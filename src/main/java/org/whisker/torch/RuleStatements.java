package org.whisker.torch;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.whisker.network.Network;

/**
 * TorchScript for derivatives by other rules than the chain rule: a value stays what it is and is
 * differentiated as if it were another expression.
 */
final class RuleStatements {
  /** Zennit's, which keeps divisors away from 0. */
  private static final String STABILISER = "1.0e-06";

  private RuleStatements() {}

  /** What of a layer's weights a rule takes; as expressions. */
  enum Weights {
    PLAIN("%s", "%s"),
    ONES("torch.ones_like(%s)", "torch.zeros_like(%s)"),
    POSITIVE("torch.clamp(%s, 0, None)", "torch.clamp(%s, 0, None)"),
    NEGATIVE("torch.clamp(%s, None, 0)", "torch.clamp(%s, None, 0)"),
    POSITIVE_ALONE("torch.clamp(%s, 0, None)", "torch.zeros_like(%s)"),
    NEGATIVE_ALONE("torch.clamp(%s, None, 0)", "torch.zeros_like(%s)"),
    MORE_POSITIVE(more("0, None"), more("0, None")),
    MORE_NEGATIVE(more("None, 0"), more("None, 0")),
    MORE_POSITIVE_ALONE(more("0, None"), "torch.zeros_like(%s)"),
    MORE_NEGATIVE_ALONE(more("None, 0"), "torch.zeros_like(%s)");

    private final String weight;
    private final String bias;

    Weights(String weight, String bias) {
      this.weight = weight;
      this.bias = bias;
    }

    /** Adds a quarter of the weights of one sign, which is Zennit's gamma rule with γ = ¼. */
    private static String more(String ends) {
      return "torch.add(%1$s, torch.clamp(%1$s, " + ends + "), alpha=0.25)";
    }

    String of(String tensor, boolean isBias) {
      return (isBias ? bias : weight).formatted(tensor);
    }
  }

  /** Keeps the tensors that are handed in. */
  static String assign(Network network) {
    StringBuilder text =
        new StringBuilder("  def assign(self: __torch__.Net, t: List[Tensor]) -> Tensor:\n");
    List<String> attributes = InferenceScript.attributes(network);
    for (int i = 0; i < attributes.size(); i++) {
      text.append("    self.%s = t[%d]\n".formatted(attributes.get(i), i));
    }
    return text.append("    return torch.zeros([1])\n").toString();
  }

  /** All nodes: an in-place operation would overwrite what a rule reads. */
  static Set<Integer> all(Network network) {
    return new HashSet<>(IntStream.range(0, network.nodes().size()).boxed().toList());
  }

  static String line(String target, String expression) {
    return "    " + target + " = " + expression + "\n";
  }

  /** {@code value}, differentiated as {@code surrogate}. */
  static String as(String value, String surrogate) {
    return "torch.add(torch.detach(%1$s), torch.sub(%2$s, torch.detach(%2$s)))"
        .formatted(value, surrogate);
  }

  /** {@code by}, further from 0 by a little, as Zennit's stabiliser. */
  static String stable(String by) {
    return "torch.where(torch.ge(%1$s, 0), torch.add(%1$s, %2$s), torch.sub(%1$s, %2$s))"
        .formatted(by, STABILISER);
  }

  /** {@code value / by}, through which no derivative passes. */
  static String share(String value, String by) {
    return "torch.detach(torch.div(%s, %s))".formatted(value, stable(by));
  }
}
