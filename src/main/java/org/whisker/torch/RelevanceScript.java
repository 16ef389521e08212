package org.whisker.torch;

import static org.whisker.torch.RuleStatements.as;
import static org.whisker.torch.RuleStatements.line;
import static org.whisker.torch.RuleStatements.share;

import java.util.List;
import org.whisker.classifier.Preprocessing;
import org.whisker.classifier.RelevanceClassifier.RelevanceRule;
import org.whisker.network.Activation;
import org.whisker.network.Layer;
import org.whisker.network.Network;
import org.whisker.network.Network.Node;
import org.whisker.network.Operation;
import org.whisker.torch.RuleStatements.Weights;

/**
 * A TorchScript class for layer-wise relevance propagation: {@code assign(tensors)}, and {@code
 * relevance(x)}, the relevance of each pixel for the output. The relevance of a value is the value
 * times the derivative of the output with respect to it, where each layer is differentiated as the
 * sum of what its rule lets pass, times the share of that sum in its output.
 */
final class RelevanceScript {
  private final Network network;
  private final Precision precision;
  private final Preprocessing preprocessing;
  private final RelevanceRule rule;

  RelevanceScript(
      Network network, Precision precision, Preprocessing preprocessing, RelevanceRule rule) {
    this.network = network;
    this.precision = precision;
    this.preprocessing = preprocessing;
    this.rule = rule;
    network.nodes().forEach(this::check);
    if (rule.hasFirst() && !isFirst(firstWeighted())) {
      throw new IllegalArgumentException(
          "lrp-%s needs a network that begins with a convolution; %s does not"
              .formatted(rule.label(), network.name()));
    }
  }

  private Node firstWeighted() {
    return network.nodes().stream()
        .filter(node -> node.layer() instanceof Layer.Conv || node.layer() instanceof Layer.Linear)
        .findFirst()
        .orElse(network.output());
  }

  private static boolean isFirst(Node node) {
    return node.layer() instanceof Layer.Conv && node.inputs().equals(List.of(0));
  }

  private void check(Node node) {
    boolean known =
        !(node.layer() instanceof Operation operation)
            || operation instanceof Operation.Cut
            || operation instanceof Operation.Pad
            || operation instanceof Operation.Rearrange
            || operation instanceof Operation.Resize
            || operation instanceof Operation.Shift
            || operation instanceof Operation.Reduce
            || (operation instanceof Operation.Combine combine
                && combine.kind() != Operation.Combine.Kind.MUL
                && combine.kind() != Operation.Combine.Kind.DIV);
    if (!known) {
      throw new IllegalArgumentException(
          "lrp has no rule for layer %s of %s, which multiplies what it reads"
              .formatted(node.name(), network.name()));
    }
  }

  byte[] archive() {
    return TorchScriptArchive.write(
        InferenceScript.attributes(network), RuleStatements.assign(network) + relevance());
  }

  private String relevance() {
    LayerScript layers = layers(Weights.PLAIN);
    return "  def relevance(self: __torch__.Net, x: Tensor) -> Tensor:\n"
        + InferenceScript.preprocess(network, preprocessing)
        + layers.write(this::after)
        + "    z = torch.sum(v%d)\n".formatted(network.nodes().size() - 1)
        + "    g = torch.grad([z], [%s], None, None, False, False)\n"
            .formatted(String.join(", ", leaves()))
        + product()
        + "    return torch.to(torch.detach(torch.sum(r, [1], False)), 6)\n";
  }

  private List<String> leaves() {
    return switch (rule) {
      case EPSILON_PLUS_FLAT -> List.of("even");
      case EPSILON_GAMMA_BOX -> List.of("v0", "low", "high");
      default -> List.of("v0");
    };
  }

  /** The relevance {@code r} of the pixels: what was read, times its derivatives. */
  private String product() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < leaves().size(); i++) {
      String term = "torch.mul(%s, unchecked_cast(Tensor, g[%d]))".formatted(leaves().get(i), i);
      text.append(line("r", i == 0 ? term : "torch.add(r, " + term + ")"));
    }
    return text.toString();
  }

  private LayerScript layers(Weights weights) {
    return new LayerScript(
        network,
        precision,
        LayerScript.Mode.INFERENCE,
        name -> weights.of("self." + InferenceScript.attribute(name), name.endsWith(".bias")),
        RuleStatements.all(network));
  }

  private String after(int position) {
    if (position == 0) {
      return begin();
    }
    Node node = network.nodes().get(position);
    String v = "v" + position;
    if (node.layer() instanceof Layer.Conv) {
      return isFirst(node) && rule.hasFirst() ? first(position) : convolution(position);
    }
    if (node.layer() instanceof Layer.Linear || node.layer() instanceof Layer.BatchNorm) {
      return line("s", "torch.mul(%s, %s)".formatted(v, share(v, v))) + line(v, as(v, "s"));
    }
    if (node.layer() instanceof Activation activation
        && activation.kind() != Activation.Kind.RELU) {
      String z = "v" + node.inputs().get(0);
      return line("s", "torch.mul(%s, %s)".formatted(z, share(v, z))) + line(v, as(v, "s"));
    }
    return "";
  }

  /** The picture as the network reads it, and what the first convolution reads instead. */
  private String begin() {
    String leaf = "torch.requires_grad_(torch.detach(%s), True)";
    String own = line("v0", leaf.formatted("v0"));
    return switch (rule) {
      case EPSILON_PLUS_FLAT -> own + line("even", leaf.formatted("torch.ones_like(v0)"));
      case EPSILON_GAMMA_BOX ->
          own + end("low", "torch.zeros_like(x)", leaf) + end("high", "torch.ones_like(x)", leaf);
      default -> own;
    };
  }

  /** A picture of one gray as the network reads it. */
  private String end(String name, String gray, String leaf) {
    String text =
        InferenceScript.preprocess(network, preprocessing)
            .replaceAll("\\bx\\b", name + "x")
            .replaceAll("\\bv0\\b", name);
    return line(name + "x", gray)
        + text
        + line(name, leaf.formatted("torch.to(%s, %d)".formatted(name, precision.scalarType())));
  }

  private String first(int position) {
    String v = "v" + position;
    String sum =
        rule == RelevanceRule.EPSILON_PLUS_FLAT
            ? part(position, "even", "a", Weights.ONES)
            : part(position, "v0", "a", Weights.PLAIN)
                + part(position, "low", "b", Weights.POSITIVE)
                + part(position, "high", "c", Weights.NEGATIVE)
                + line("a", "torch.sub(torch.sub(a, b), c)");
    return sum + line("s", "torch.mul(a, %s)".formatted(share(v, "a"))) + line(v, as(v, "s"));
  }

  private String convolution(int position) {
    String v = "v" + position;
    String plus = "s = torch.mul(a, %s)";
    return switch (rule) {
      case EPSILON ->
          line("s", "torch.mul(%s, %s)".formatted(v, share(v, v))) + line(v, as(v, "s"));
      case EPSILON_PLUS, EPSILON_PLUS_FLAT ->
          signs(position)
              + both(position, "a", Weights.POSITIVE, Weights.NEGATIVE_ALONE)
              + "    "
              + plus.formatted(share(v, "a"))
              + "\n"
              + line(v, as(v, "s"));
      case EPSILON_ALPHA2_BETA1 ->
          signs(position)
              + both(position, "a", Weights.POSITIVE, Weights.NEGATIVE_ALONE)
              + both(position, "c", Weights.NEGATIVE, Weights.POSITIVE_ALONE)
              + line(
                  "s",
                  "torch.sub(torch.mul(torch.mul(a, %s), 2), torch.mul(c, %s))"
                      .formatted(share(v, "a"), share(v, "c")))
              + line(v, as(v, "s"));
      case EPSILON_GAMMA_BOX ->
          signs(position)
              + both(position, "a", Weights.MORE_POSITIVE, Weights.MORE_NEGATIVE_ALONE)
              + both(position, "c", Weights.MORE_NEGATIVE, Weights.MORE_POSITIVE_ALONE)
              + line(
                  "s",
                  "torch.where(torch.gt(%1$s, 0), torch.mul(a, %2$s), torch.mul(c, %3$s))"
                      .formatted(v, share(v, "a"), share(v, "c")))
              + line(v, as(v, "s"));
    };
  }

  /** What a convolution reads, the values above 0 and those below it. */
  private String signs(int position) {
    String x = "v" + network.nodes().get(position).inputs().get(0);
    return line("up", "torch.clamp(%s, 0, None)".formatted(x))
        + line("down", "torch.clamp(%s, None, 0)".formatted(x));
  }

  /** The convolution of these two, each with weights of its own. */
  private String both(int position, String out, Weights up, Weights down) {
    return part(position, "up", out, up)
        + part(position, "down", "b", down)
        + line(out, "torch.add(%s, b)".formatted(out));
  }

  private String part(int position, String in, String out, Weights weights) {
    return layers(weights).writeAs(position, in, out);
  }
}
