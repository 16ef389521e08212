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
  /** As Zennit's. */
  private static final String STABILISER = "1.0e-06";

  private RuleStatements() {}

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

  /** {@code value / by}, as a constant. */
  static String share(String value, String by) {
    return "torch.detach(torch.div(%s, %s))".formatted(value, stable(by));
  }
}
