package org.whisker.torch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.whisker.classifier.Preprocessing;
import org.whisker.network.Layer;
import org.whisker.network.Layer.Parameter;
import org.whisker.network.Network;
import org.whisker.network.Network.Node;
import org.whisker.torch.RelevanceScript.RuleStatements;
import org.whisker.torch.TiledScoring.TileScript;
import org.whisker.value.Text;

/**
 * A network as a TorchScript class for scoring. Methods: {@code assign(tensors)}, {@code
 * forward(x)} (by {@link FixedPasses}), {@code stages(x)} (the output of each requested stage, if
 * there is one), {@code tensors()} (the assigned tensors, not copied, and what was packed of them),
 * and those of {@link TileScript}. What is differentiated is a class of its own, see {@link
 * #gradients}.
 */
final class InferenceScript {
  private static final String CHANNELS_LAST = "2";
  private static final String CONTIGUOUS = "0";
  private static final String SELF = "self.";

  private final Network network;
  private final Precision precision;
  private final Preprocessing preprocessing;
  private final List<Integer> stages;
  private final LayerScript.Mode best;
  private final FixedPasses passes;
  private final TileScript tiles;
  private final Map<String, String> packed;

  /**
   * Prepares the script.
   *
   * @param best mode of {@code forward} and of tiles, which are never differentiated
   * @param passes how {@code forward} takes pictures
   */
  InferenceScript(
      Network network,
      Precision precision,
      Preprocessing preprocessing,
      List<String> stages,
      LayerScript.Mode best,
      FixedPasses passes) {
    this.network = network;
    this.precision = precision;
    this.preprocessing = preprocessing;
    this.stages = stages.stream().map(network::position).toList();
    this.best = best;
    this.passes = passes;
    this.tiles =
        new TileScript(
            network,
            preprocess(network, preprocessing),
            each -> layers(each, each.equals(network) ? best : best.onParts(), Set.of()),
            passes);
    this.packed = layers(network, best, Set.of()).packed();
  }

  byte[] archive() {
    List<String> held = new ArrayList<>(attributes());
    held.addAll(tiles.attributes());
    held.addAll(held(packed));
    return TorchScriptArchive.write(held, methods());
  }

  /** The attributes that hold packed weights. */
  static List<String> held(Map<String, String> packed) {
    return packed.keySet().stream().map(variable -> variable.substring(SELF.length())).toList();
  }

  /** Holds the tensors for another module of the network: {@code assign} and {@code tensors}. */
  static byte[] holding(Network network, Precision precision) {
    InferenceScript script = unpacked(network, precision, Preprocessing.identity());
    return TorchScriptArchive.write(script.attributes(), script.assign() + script.tensors());
  }

  /**
   * Differentiates with the tensors that it is given: {@code gradient(x, w)} is the outputs, and
   * the derivative with respect to x of their sum weighted by w. Searches do without it.
   */
  static byte[] gradients(Network network, Precision precision, Preprocessing preprocessing) {
    InferenceScript script = unpacked(network, precision, preprocessing);
    return TorchScriptArchive.write(
        script.attributes(), RuleStatements.assign(network) + script.gradient());
  }

  private static InferenceScript unpacked(
      Network network, Precision precision, Preprocessing preprocessing) {
    LayerScript.Mode mode = LayerScript.Mode.INFERENCE;
    FixedPasses all = FixedPasses.none(network);
    return new InferenceScript(network, precision, preprocessing, List.of(), mode, all);
  }

  /** Writes only the class's {@code forward}, from gray values to logits. */
  String scoring() {
    return forward();
  }

  private List<String> attributes() {
    return attributes(network);
  }

  static List<String> attributes(Network network) {
    return network.parameters().stream().map(p -> attribute(p.name())).toList();
  }

  static String attribute(String tensor) {
    return tensor.replace('.', '_');
  }

  private String methods() {
    String own = assign() + forward() + stages() + tensors();
    return own + tiles.methods() + best.methods();
  }

  private String assign() {
    StringBuilder text =
        new StringBuilder("  def assign(self: __torch__.Net, t: List[Tensor]) -> Tensor:\n");
    int i = 0;
    Set<Integer> head = LayerScript.head(network);
    for (int position = 0; position < network.nodes().size(); position++) {
      Node node = network.nodes().get(position);
      for (Parameter parameter : node.parameters()) {
        boolean product =
            node.layer() instanceof Layer.Conv || node.layer() instanceof Layer.Linear;
        int type =
            product && !head.contains(position) ? precision.scalarType() : precision.headType();
        text.append(
            "    self.%s = %s\n".formatted(attribute(parameter.name()), own(parameter, type, i++)));
      }
    }
    packed.forEach((held, value) -> text.append("    %s = %s\n".formatted(held, value)));
    return text.append("    return torch.zeros([1])\n").toString();
  }

  /**
   * A copy owned by the module (the argument lives in Java's memory), in the layout that
   * convolutions need.
   */
  private static String own(Parameter parameter, int type, int i) {
    String format = parameter.shape().size() == 4 ? CHANNELS_LAST : CONTIGUOUS;
    return Text.of("torch.to(t[%d], %d, False, True, %s)", i, type, format);
  }

  private String forward() {
    return "  def forward(self: __torch__.Net, x: Tensor) -> Tensor:\n"
        + preprocess(network, preprocessing)
        + layers(network, best, Set.of()).input()
        + layers(network, best, new HashSet<>(stages)).write(passes.behind(0))
        + "    return %s\n".formatted(output());
  }

  /** Empty where no stage was asked for: each method is compiled whenever a network is opened. */
  private String stages() {
    if (stages.isEmpty()) {
      return "";
    }
    List<String> outputs =
        new ArrayList<>(stages.stream().map(i -> "torch.to(v" + i + ", 6)").toList());
    outputs.add(output());
    return "  def stages(self: __torch__.Net, x: Tensor) -> List[Tensor]:\n"
        + body(LayerScript.Mode.INFERENCE)
        + "    return ["
        + String.join(", ", outputs)
        + "]\n";
  }

  private String gradient() {
    return "  def gradient(self: __torch__.Net, image: Tensor, w: Tensor) -> List[Tensor]:\n"
        + "    x = torch.requires_grad_(torch.detach(image), True)\n"
        + body(LayerScript.Mode.INFERENCE)
        + "    z = %s\n".formatted(output())
        + "    g = torch.grad([torch.sum(torch.mul(z, w))], [x], None, None, False, False)\n"
        + "    return [torch.detach(z), unchecked_cast(Tensor, g[0])]\n";
  }

  private String tensors() {
    String own =
        Stream.concat(attributes().stream().map(name -> SELF + name), packed.keySet().stream())
            .collect(Collectors.joining(", "));
    return "  def tensors(self: __torch__.Net) -> List[Tensor]:\n    return [" + own + "]\n";
  }

  /** The logits, in float32. */
  private String output() {
    return Text.of("torch.to(v%d, 6)", network.nodes().size() - 1);
  }

  private String body(LayerScript.Mode mode) {
    return preprocess(network, preprocessing)
        + layers(network, mode, new HashSet<>(stages)).write();
  }

  private LayerScript layers(Network of, LayerScript.Mode mode, Set<Integer> kept) {
    return new LayerScript(of, precision, mode, name -> SELF + attribute(name), kept);
  }

  /**
   * Writes the steps from a picture to {@code v0}: gray is replicated to the network's channels,
   * colours have one each; then values are centred and scaled.
   */
  static String preprocess(Network network, Preprocessing preprocessing) {
    return preprocess(network.input().channels(), preprocessing);
  }

  static String preprocess(int channels, Preprocessing preprocessing) {
    if (!preprocessing.isUniform()) {
      String each =
          IntStream.range(0, channels)
              .mapToObj(c -> scaled(plane(c), preprocessing, c))
              .collect(Collectors.joining(", "));
      return "    v0 = torch.cat([" + each + "], 1)\n";
    }
    StringBuilder text = new StringBuilder("    v0 = x\n");
    if (channels > 1) {
      text.append(Text.of("    v0 = torch.expand(v0, [-1, %d, -1, -1])\n", channels));
    }
    if (!preprocessing.isIdentity()) {
      text.append("    v0 = %s\n".formatted(scaled("v0", preprocessing, 0)));
    }
    return text.toString();
  }

  /** The plane that a channel is shown: of gray the only one. */
  private static String plane(int channel) {
    String which =
        channel == 0 ? "0" : Text.of("ops.prim.min(%d, torch.sub(torch.size(x, 1), 1))", channel);
    return "torch.narrow(x, 1, " + which + ", 1)";
  }

  private static String scaled(String x, Preprocessing preprocessing, int channel) {
    return Text.of(
        "torch.div(torch.sub(%s, %s), %s)",
        x, preprocessing.mean().get(channel), preprocessing.sd().get(channel));
  }
}
