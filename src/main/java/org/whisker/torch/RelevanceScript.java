package org.whisker.torch;

import static org.whisker.torch.RelevanceScript.RuleStatements.as;
import static org.whisker.torch.RelevanceScript.RuleStatements.line;
import static org.whisker.torch.RelevanceScript.RuleStatements.share;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.whisker.classifier.Preprocessing;
import org.whisker.classifier.RelevanceClassifier.RelevanceRule;
import org.whisker.network.Activation;
import org.whisker.network.Layer;
import org.whisker.network.Network;
import org.whisker.network.Network.Node;
import org.whisker.network.Operation;
import org.whisker.network.TokenOperation;
import org.whisker.torch.RelevanceScript.RuleStatements.Weights;
import org.whisker.value.Text;

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
  private final Optional<PositionRelevance> positions;

  RelevanceScript(
      Network network, Precision precision, Preprocessing preprocessing, RelevanceRule rule) {
    this.network = network;
    this.precision = precision;
    this.preprocessing = preprocessing;
    this.rule = rule;
    this.positions =
        rule == RelevanceRule.POSITION
            ? Optional.of(new PositionRelevance(network))
            : Optional.empty();
  }

  /** The reason why the network has no relevances by the rule; empty when it has. */
  Optional<String> refusal() {
    Optional<String> unknown =
        network.nodes().stream()
            .filter(node -> !hasRule(node))
            .findFirst()
            .map(
                node ->
                    "%s has no rule for layer %s of %s, which multiplies what it reads%s"
                        .formatted(
                            rule.isOfAttention() ? "lrp-" + rule.label() : "lrp",
                            node.name(),
                            network.name(),
                            rule.isOfAttention() ? "" : "; lrp-attention may have"));
    if (unknown.isEmpty() && positions.filter(PositionRelevance::isEmpty).isPresent()) {
      return Optional.of(
          "lrp-position needs an embedding of places that is added to tokens; %s has none, and"
                  .formatted(network.name())
              + " lrp-attention may do");
    }
    return unknown.isPresent() || !rule.hasFirst() || isFirst(firstWeighted())
        ? unknown
        : Optional.of(
            "lrp-%s needs a network that begins with a convolution; %s does not"
                .formatted(rule.label(), network.name()));
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

  private boolean hasRule(Node node) {
    boolean ofAttention =
        node.layer() instanceof TokenOperation
            || node.layer() instanceof Operation.Combine
            || node.layer() instanceof Operation.ChannelNorm
            || node.layer() instanceof Operation.Softmax
            || node.layer() instanceof Operation.Prelu;
    return (ofAttention && rule.isOfAttention())
        || !(node.layer() instanceof Operation operation)
        || operation instanceof Operation.Cut
        || operation instanceof Operation.Pad
        || operation instanceof Operation.Rearrange
        || operation instanceof Operation.Resize
        || operation instanceof Operation.Shift
        || operation instanceof Operation.Reduce
        || operation instanceof TokenOperation.Join
        || operation instanceof TokenOperation.Known
        || operation instanceof TokenOperation.Pick
        || (operation instanceof Operation.Combine combine
            && combine.kind() != Operation.Combine.Kind.MUL
            && combine.kind() != Operation.Combine.Kind.DIV);
  }

  /**
   * The archive of the class.
   *
   * @throws IllegalArgumentException with the refusal, if there is one
   */
  byte[] archive() {
    refusal()
        .ifPresent(
            why -> {
              throw new IllegalArgumentException(why);
            });
    return TorchScriptArchive.write(
        InferenceScript.attributes(network), RuleStatements.assign(network) + relevance());
  }

  private String relevance() {
    LayerScript layers = layers(Weights.PLAIN);
    return "  def relevance(self: __torch__.Net, x: Tensor) -> Tensor:\n"
        + InferenceScript.preprocess(network, preprocessing)
        + layers.write(this::after)
        + Text.of("    z = torch.sum(v%d)\n", network.nodes().size() - 1)
        + "    g = torch.grad([z], [%s], None, None, False, False)\n"
            .formatted(String.join(", ", differentiated()))
        + product()
        + line("r", "torch.sum(r, [1], True)")
        + positions.map(all -> all.sum(1)).orElse("")
        + "    return torch.to(torch.detach(torch.squeeze(r, 1)), 6)\n";
  }

  private List<String> differentiated() {
    List<String> all = new ArrayList<>(leaves());
    positions.ifPresent(embeddings -> all.addAll(embeddings.leaves()));
    return all;
  }

  /** What is read of the picture. */
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
      String term = Text.of("torch.mul(%s, unchecked_cast(Tensor, g[%d]))", leaves().get(i), i);
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
    return rule(position) + positions.map(all -> all.after(position)).orElse("");
  }

  private String rule(int position) {
    if (position == 0) {
      return begin();
    }
    Node node = network.nodes().get(position);
    String v = "v" + position;
    if (rule.isOfAttention() && !(node.layer() instanceof Activation)) {
      return attention(node, v);
    }
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

  /** AttnLRP: what is linear stays as it is, products are halved, divisors are fixed. */
  private String attention(Node node, String v) {
    List<String> in = node.inputs().stream().map(i -> "v" + i).toList();
    boolean ofTwo =
        node.inputs().stream()
            .noneMatch(i -> network.nodes().get(i).layer() instanceof TokenOperation.Known);
    if (node.layer() instanceof TokenOperation.Product
        || (node.layer() instanceof Operation.Combine combine
            && combine.kind() == Operation.Combine.Kind.MUL)) {
      return ofTwo ? line("s", "torch.mul(%s, 0.5)".formatted(v)) + line(v, as(v, "s")) : "";
    } else if (node.layer() instanceof Operation.Combine combine
        && combine.kind() == Operation.Combine.Kind.DIV) {
      String quotient = "torch.div(%s, torch.detach(%s))".formatted(in.get(0), in.get(1));
      return line("s", quotient) + line(v, as(v, "s"));
    } else if (node.layer() instanceof Operation.ChannelNorm norm) {
      String weight = "self." + InferenceScript.attribute(node.name() + ".weight");
      return line("m", "torch.mean(%s, [1], True, dtype=None)".formatted(in.get(0)))
          + line("c", "torch.sub(%s, m)".formatted(in.get(0)))
          + line("d", "torch.mean(torch.mul(c, c), [1], True, dtype=None)")
          + line("d", "torch.rsqrt(torch.add(d, %s))".formatted(norm.eps()))
          + line("c", "torch.transpose(torch.mul(c, torch.detach(d)), 1, -1)")
          + line("s", "torch.transpose(torch.mul(c, %s), 1, -1)".formatted(weight))
          + line(v, as(v, "s"));
    }
    return "";
  }

  /** The picture as the network reads it, and what the first convolution reads instead. */
  private String begin() {
    String leaf = "torch.requires_grad_(torch.detach(%s), True)";
    String own = line("v0", String.format(Locale.ROOT, leaf, "v0"));
    return switch (rule) {
      case EPSILON_PLUS_FLAT ->
          own + line("even", String.format(Locale.ROOT, leaf, "torch.ones_like(v0)"));
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
        + line(
            name,
            String.format(
                Locale.ROOT, leaf, Text.of("torch.to(%s, %d)", name, precision.scalarType())));
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
    return switch (rule) {
      case ATTENTION, POSITION -> "";
      case EPSILON ->
          line("s", "torch.mul(%s, %s)".formatted(v, share(v, v))) + line(v, as(v, "s"));
      case EPSILON_PLUS, EPSILON_PLUS_FLAT ->
          signs(position)
              + both(position, "a", Weights.POSITIVE, Weights.NEGATIVE_ALONE)
              + line("s", "torch.mul(a, %s)".formatted(share(v, "a")))
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

  /**
   * TorchScript for derivatives by other rules than the chain rule: a value stays what it is and is
   * differentiated as if it were another expression.
   */
  static final class RuleStatements {
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
        return String.format(Locale.ROOT, isBias ? bias : weight, tensor);
      }
    }

    /** Keeps the tensors that are handed in. */
    static String assign(Network network) {
      StringBuilder text =
          new StringBuilder("  def assign(self: __torch__.Net, t: List[Tensor]) -> Tensor:\n");
      List<String> attributes = InferenceScript.attributes(network);
      for (int i = 0; i < attributes.size(); i++) {
        text.append(Text.of("    self.%s = t[%d]\n", attributes.get(i), i));
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
}
