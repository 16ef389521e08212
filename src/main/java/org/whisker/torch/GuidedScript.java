package org.whisker.torch;

import static org.whisker.torch.RelevanceScript.RuleStatements.line;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.whisker.classifier.Preprocessing;
import org.whisker.network.Activation;
import org.whisker.network.Network;
import org.whisker.network.Network.Node;
import org.whisker.torch.RelevanceScript.RuleStatements;
import org.whisker.value.Text;

/**
 * A TorchScript class for guided backpropagation, as Captum has it: {@code assign(tensors)}, and
 * {@code guided(image)}, the derivative of the negated output with respect to each pixel. The
 * network is cut behind each ReLU, and the pieces are differentiated from the last to the first:
 * what is below 0 of the derivative that reaches a ReLU goes no further.
 */
record GuidedScript(Network network, Precision precision, Preprocessing preprocessing) {
  static boolean isRelu(Node node) {
    return node.layer() instanceof Activation activation
        && activation.kind() == Activation.Kind.RELU;
  }

  /** A class whose {@code kept(x, share)} multiplies the channels of a node by their shares. */
  static byte[] keeping(
      Network network, Precision precision, Preprocessing preprocessing, int node) {
    String v = "v" + node;
    String each = Text.of("[torch.size(%s, 0), torch.size(share, 1), -1]", v);
    String product =
        "torch.mul(torch.reshape(%s, %s), torch.unsqueeze(torch.type_as(share, %1$s), -1))"
            .formatted(v, each);
    String kept =
        "  def kept(self: __torch__.Net, x: Tensor, share: Tensor) -> Tensor:\n"
            + InferenceScript.preprocess(network, preprocessing)
            + layers(network, precision)
                .write(
                    i ->
                        i == node
                            ? line(v, "torch.reshape(%s, torch.size(%s))".formatted(product, v))
                            : "")
            + Text.of("    return torch.to(v%d, 6)\n", network.nodes().size() - 1);
    return TorchScriptArchive.write(
        InferenceScript.attributes(network), RuleStatements.assign(network) + kept);
  }

  private static LayerScript layers(Network network, Precision precision) {
    return LayerScript.inference(network, precision, RuleStatements.all(network));
  }

  byte[] archive() {
    return TorchScriptArchive.write(
        InferenceScript.attributes(network), RuleStatements.assign(network) + guided());
  }

  private String guided() {
    return "  def guided(self: __torch__.Net, image: Tensor) -> Tensor:\n"
        + line("l0", "torch.requires_grad_(torch.detach(image), True)")
        + line("x", "l0")
        + InferenceScript.preprocess(network, preprocessing)
        + layers(network, precision).write(this::cut)
        + backwards()
        + "    return torch.to(torch.detach(a0), 6)\n";
  }

  /** Behind a ReLU: {@code o} is its output, {@code l} what is read of it. */
  private String cut(int position) {
    return position > 0 && isRelu(network.nodes().get(position))
        ? line("o" + position, "v" + position)
            + line(
                "l" + position, "torch.requires_grad_(torch.detach(o%s), True)".formatted(position))
            + line("v" + position, "l" + position)
        : "";
  }

  /** Adds up what reaches each {@code l} as {@code a}. */
  private String backwards() {
    int last = network.nodes().size() - 1;
    Set<Integer> reached = new HashSet<>();
    StringBuilder text = new StringBuilder(line("z", Text.of("torch.neg(torch.sum(v%d))", last)));
    text.append(piece("z", "None", before(List.of(last)), reached));
    for (int i = last; i > 0; i--) {
      if (reached.contains(i)) {
        text.append(line("c", Text.of("torch.clamp(a%d, 0, None)", i)))
            .append(
                piece(
                    "o" + i,
                    "annotate(List[Optional[Tensor]], [c])",
                    before(network.nodes().get(i).inputs()),
                    reached));
      }
    }
    return text.toString();
  }

  /** The ReLUs that nodes read without another between them; 0 for the picture. */
  private Set<Integer> before(List<Integer> nodes) {
    Set<Integer> found = new TreeSet<>();
    Set<Integer> seen = new HashSet<>();
    List<Integer> open = new ArrayList<>(nodes);
    while (!open.isEmpty()) {
      int node = open.remove(open.size() - 1);
      if (seen.add(node)) {
        if (node == 0 || isRelu(network.nodes().get(node))) {
          found.add(node);
        } else {
          open.addAll(network.nodes().get(node).inputs());
        }
      }
    }
    return found;
  }

  private static String piece(String of, String by, Set<Integer> to, Set<Integer> reached) {
    if (to.isEmpty()) {
      return "";
    }
    String leaves = to.stream().map(i -> "l" + i).collect(Collectors.joining(", "));
    StringBuilder text =
        new StringBuilder(
            line("g", "torch.grad([%s], [%s], %s, True, False, False)".formatted(of, leaves, by)));
    int i = 0;
    for (int node : to) {
      String term = Text.of("unchecked_cast(Tensor, g[%d])", i++);
      String sum = reached.add(node) ? term : Text.of("torch.add(a%d, %s)", node, term);
      text.append(line("a" + node, sum));
    }
    return text.toString();
  }
}
