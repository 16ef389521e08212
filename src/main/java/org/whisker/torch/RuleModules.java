package org.whisker.torch;

import static org.whisker.torch.RelevanceScript.RuleStatements.line;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.Preprocessing;
import org.whisker.classifier.RelevanceClassifier.RelevanceRule;
import org.whisker.network.Activation;
import org.whisker.network.Layer;
import org.whisker.network.Network;
import org.whisker.network.Network.Node;
import org.whisker.network.TokenOperation;
import org.whisker.torch.RelevanceScript.RuleStatements;
import org.whisker.value.Text;

/**
 * What passes gradients and other things back, for a network whose scoring module is loaded:
 * compiled on first use, sharing its tensors.
 */
final class RuleModules implements AutoCloseable {
  private final Network network;
  private final Precision precision;
  private final Preprocessing preprocessing;
  private final TorchDevice device;
  private final TorchModule scoring;
  private final Map<RelevanceRule, TorchModule> relevances = new EnumMap<>(RelevanceRule.class);
  private final Map<RelevanceRule, RelevanceScript> scripts = new EnumMap<>(RelevanceRule.class);
  private @Nullable TorchModule rescaling;
  private @Nullable TorchModule differentiating;
  private @Nullable TorchModule guiding;
  private final Map<Integer, TorchModule> keeping = new HashMap<>();

  RuleModules(
      Network network,
      Precision precision,
      Preprocessing preprocessing,
      TorchDevice device,
      TorchModule scoring) {
    this.network = network;
    this.precision = precision;
    this.preprocessing = preprocessing;
    this.device = device;
    this.scoring = scoring;
  }

  /** The reason why the network has no relevances by a rule; empty when it has. */
  Optional<String> refusal(RelevanceRule rule) {
    return script(rule).refusal();
  }

  /** Kept, since the places of tokens take seconds on a large transformer. */
  private synchronized RelevanceScript script(RelevanceRule rule) {
    return scripts.computeIfAbsent(
        rule, each -> new RelevanceScript(network, precision, preprocessing, each));
  }

  /** The reason why the network can't be rescaled; empty when it can. */
  Optional<String> rescalingRefusal() {
    return network.nodes().stream()
        .filter(node -> node.layer() instanceof TokenOperation.Product)
        .findFirst()
        .map(
            node ->
                "deeplift has no rule for layer %s of %s, which multiplies maps, as attention does"
                    .formatted(node.name(), network.name()));
  }

  /** The relevance of the pixels of a batch. */
  NDArray relevances(NDManager scope, RelevanceRule rule, NDArray x) {
    return relevance(rule).record(scope, "relevance", x).singletonOrThrow();
  }

  /** Threads may ask side by side, here and below. */
  private synchronized TorchModule relevance(RelevanceRule rule) {
    return relevances.computeIfAbsent(rule, each -> load(script(each).archive()));
  }

  /** The contributions of the pixels of a batch, relative to those of another. */
  NDArray rescaled(NDManager scope, NDArray x, NDArray references) {
    return rescaling().record(scope, "rescaled", x, references).singletonOrThrow();
  }

  private synchronized TorchModule rescaling() {
    TorchModule module = rescaling;
    if (module == null) {
      module = load(new RescaleScript(network, precision, preprocessing).archive());
      rescaling = module;
    }
    return module;
  }

  /** The outputs of a batch, and the derivative with respect to it of their sum weighted by w. */
  NDList gradients(NDManager scope, NDArray x, NDArray w) {
    return differentiating().record(scope, "gradient", x, w);
  }

  private synchronized TorchModule differentiating() {
    TorchModule module = differentiating;
    if (module == null) {
      module = load(InferenceScript.gradients(network, precision, preprocessing));
      differentiating = module;
    }
    return module;
  }

  /** The reason why there is no guided backpropagation; empty when there is. */
  Optional<String> guidingRefusal() {
    return network.nodes().stream().anyMatch(GuidedScript::isRelu)
        ? Optional.empty()
        : Optional.of(
            "guided-backprop needs ReLUs; %s has none, so that it would be the gradient"
                .formatted(network.name()));
  }

  /** The derivative of the logit of cat, of which ReLUs pass back what is above 0. */
  NDArray guided(NDManager scope, NDArray x) {
    return guiding().record(scope, "guided", x).singletonOrThrow();
  }

  private synchronized TorchModule guiding() {
    TorchModule module = guiding;
    if (module == null) {
      module = load(new GuidedScript(network, precision, preprocessing).archive());
      guiding = module;
    }
    return module;
  }

  /** The outputs of a batch where one channel of a node is 0, for each picture another. */
  NDArray without(NDManager scope, int node, NDArray x, int[] channels) {
    int all = network.nodes().get(node).shape().channels();
    float[] kept = new float[channels.length * all];
    Arrays.fill(kept, 1);
    for (int i = 0; i < channels.length; i++) {
      kept[i * all + channels[i]] = 0;
    }
    NDArray share = scope.create(kept, new Shape(channels.length, all));
    return keeping(node).infer(scope, "kept", x, share).singletonOrThrow();
  }

  private synchronized TorchModule keeping(int node) {
    return keeping.computeIfAbsent(
        node, each -> load(GuidedScript.keeping(network, precision, preprocessing, each)));
  }

  private TorchModule load(byte[] archive) {
    TorchModule module = TorchModule.load(archive, device.djl());
    module.share(scoring);
    return module;
  }

  @Override
  public void close() {
    relevances.values().forEach(TorchModule::close);
    keeping.values().forEach(TorchModule::close);
    if (guiding != null) {
      guiding.close();
    }
    if (rescaling != null) {
      rescaling.close();
    }
    if (differentiating != null) {
      differentiating.close();
    }
  }

  /**
   * A TorchScript class for DeepLIFT's rescale rule, as Captum has it: {@code assign(tensors)}, and
   * {@code rescaled(image, reference)}, the contribution of each pixel. Pictures and references go
   * through the layers as one batch. Activations and maxima are differentiated as the ratio of the
   * two differences, except where a difference is 0.
   */
  private record RescaleScript(Network network, Precision precision, Preprocessing preprocessing) {
    private static final String SMALL = "1.0e-10";

    byte[] archive() {
      return TorchScriptArchive.write(
          InferenceScript.attributes(network), RuleStatements.assign(network) + rescaled());
    }

    private LayerScript layers() {
      return LayerScript.inference(network, precision, RuleStatements.all(network));
    }

    private String rescaled() {
      return "  def rescaled(self: __torch__.Net, image: Tensor, reference: Tensor) -> Tensor:\n"
          + "    leaf = torch.requires_grad_(torch.detach(image), True)\n"
          + "    x = torch.cat([leaf, reference], 0)\n"
          + InferenceScript.preprocess(network, preprocessing)
          + layers().write(this::after)
          + Text.of("    z = torch.sum(torch.chunk(v%d, 2, 0)[0])\n", network.nodes().size() - 1)
          + "    g = torch.grad([z], [leaf], None, None, False, False)\n"
          + "    d = torch.mul(torch.sub(image, reference), unchecked_cast(Tensor, g[0]))\n"
          + "    return torch.to(torch.detach(d), 6)\n";
    }

    private String after(int position) {
      if (position == 0) {
        return "";
      }
      Node node = network.nodes().get(position);
      if (node.layer() instanceof Activation) {
        return activation("v" + position, "v" + node.inputs().get(0));
      }
      return node.layer() instanceof Layer.MaxPool ? maximum(position, node) : "";
    }

    /** Splits into pictures {@code …0} and references {@code …1}. */
    private static String halves(String name, String of) {
      return line(name, "torch.chunk(%s, 2, 0)".formatted(of))
          + line(name + "0", name + "[0]")
          + line(name + "1", "torch.detach(%s[1])".formatted(name));
    }

    /** {@code same}: 1 where the difference is 0; {@code by}: 1 over the difference elsewhere. */
    private static String differences() {
      return line("d", "torch.detach(torch.sub(i0, i1))")
          + line("same", "torch.lt(torch.abs(d), %s)".formatted(SMALL))
          + line("by", "torch.where(same, torch.zeros_like(d), torch.reciprocal(d))")
          + line("same", "torch.type_as(same, d)");
    }

    /** The pictures' half of {@code v}, differentiated as {@code s}. */
    private static String joined(String v) {
      return line(v, "torch.cat([%s, o1], 0)".formatted(RuleStatements.as("o0", "s")));
    }

    private static String activation(String v, String z) {
      return halves("i", z)
          + halves("o", v)
          + differences()
          + line("m", "torch.mul(torch.detach(torch.sub(o0, o1)), by)")
          + line("s", "torch.add(torch.mul(i0, m), torch.mul(o0, same))")
          + joined(v);
    }

    /**
     * A maximum's difference is that of the picture's and the reference's largest inputs: the first
     * gets what the common maximum has more than the reference, the second the rest.
     */
    private String maximum(int position, Node node) {
      String v = "v" + position;
      String found = layers().writeAs(position, "v" + node.inputs().get(0), "o");
      String pool =
          found.substring(found.indexOf("torch.max_pool2d(") + "torch.max_pool2d(".length());
      String in = pool.substring(0, pool.indexOf(','));
      String padding = found.substring(0, found.lastIndexOf("    o = "));
      return padding
          + line("q", in)
          + "    _o, index = torch.max_pool2d_with_indices(q"
          + pool.substring(pool.indexOf(','))
          + halves("i", "q")
          + halves("o", v)
          + halves("at", "torch.flatten(index, 2, -1)")
          + differences()
          + line("share", "torch.flatten(torch.mul(i0, by), 2, -1)")
          + line("plain", "torch.flatten(torch.mul(i0, same), 2, -1)")
          + line("most", "torch.detach(torch.max(o0, o1))")
          + line("up", "torch.flatten(torch.sub(most, o1), 2, -1)")
          + line("down", "torch.flatten(torch.sub(torch.detach(o0), most), 2, -1)")
          + line("s", "torch.mul(torch.gather(share, 2, at0), up)")
          + line("s", "torch.add(s, torch.mul(torch.gather(share, 2, at1), down))")
          + line("s", "torch.add(s, torch.gather(plain, 2, at0))")
          + line("s", "torch.reshape(s, torch.size(o0))")
          + joined(v);
    }
  }
}
