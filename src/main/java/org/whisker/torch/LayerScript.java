package org.whisker.torch;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.whisker.network.Activation;
import org.whisker.network.Layer;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Network.Node;
import org.whisker.network.Operation;
import org.whisker.network.Window;
import org.whisker.network.Window.Padding;
import org.whisker.torch.FixedPasses.Part;
import org.whisker.torch.TiledScoring.TileScript;
import org.whisker.torch.script.OperationScript;
import org.whisker.torch.script.OperationScript.ActivationScript;
import org.whisker.torch.script.OperationScript.LogitScript;
import org.whisker.torch.script.WindowScript;
import org.whisker.torch.script.WinogradScript;
import org.whisker.value.Text;

/**
 * Writes a network's layers as TorchScript statements, one per node: node {@code i} computes {@code
 * vi}. {@code v0} must hold the input.
 *
 * <p>Maps lie in memory channels last. With bfloat16, everything before the {@link #head} is
 * computed in bfloat16; the head, starting with its pooling, in float32. With float64, everything
 * is computed in float64.
 */
final class LayerScript {
  /** What the script is for, which decides how numbers are rounded and what is kept. */
  enum Mode {
    /** Evaluation; the tensors already have the precision. */
    INFERENCE,
    /**
     * Inference that is never differentiated: a convolution and the ReLU after it are one call of
     * oneDNN where {@link Fusion} is available, which saves a pass over memory.
     */
    FUSED,
    /**
     * The mode {@link #FUSED}, with the weights of convolutions as {@link Fusion#packed} gives
     * them.
     */
    PACKED,
    /**
     * The mode {@link #PACKED}, with {@link WinogradScript} where that suits: other bits, and most
     * products saved.
     */
    WINOGRAD,
    /**
     * Inference with maps in float32, of which convolutions alone read bfloat16, the type of their
     * weights: a small difference of two maps is not lost in the rounding of the maps.
     */
    MIXED,
    /** Evaluation with float32 tensors, which are converted to the precision as they are used. */
    EVALUATION,
    /** The mode {@link #EVALUATION}, but with batch statistics in batch norm, and with dropout. */
    TRAINING;

    /**
     * Weights of convolutions up to which they are packed: these take their memory twice. The
     * published Inception-ResNet v2 has 54 million.
     */
    private static final long MOST_PACKED = 1 << 26;

    /** Whether convolutions are calls of oneDNN. */
    boolean calls() {
      return this == FUSED || packs();
    }

    /** Whether it reads packed weights. */
    boolean packs() {
      return this == PACKED || this == WINOGRAD;
    }

    /** Methods that its statements call. */
    String methods() {
      return this == WINOGRAD ? WinogradScript.methods() : "";
    }

    /** The mode of layers on parts of maps. */
    Mode onParts() {
      return this == WINOGRAD ? PACKED : this;
    }

    /** The fastest that a processor has where nothing is differentiated. */
    static Mode best(Network network, Precision precision, TorchDevice device) {
      Mode mode = unpacked(precision, device);
      if (mode != FUSED || held(network, false) > MOST_PACKED) {
        return mode;
      }
      boolean winograd = precision == Precision.FLOAT32 && held(network, true) <= MOST_PACKED;
      return winograd ? WINOGRAD : PACKED;
    }

    /** The packed weights of all convolutions. */
    private static long held(Network network, boolean winograd) {
      long sum = 0;
      for (Node node : network.nodes()) {
        if (node.layer() instanceof Layer.Conv conv) {
          long times =
              winograd ? winograd(network, node, conv).map(WinogradScript::size).orElse(1) : 1;
          sum += times * node.parameters().get(0).size();
        }
      }
      return sum;
    }

    private static Mode unpacked(Precision precision, TorchDevice device) {
      return Fusion.available(precision, device) ? FUSED : INFERENCE;
    }
  }

  private static final String INDENT = "    ";

  /** A number below every value of a map, which is also finite in bfloat16. */
  private static final String LOWEST = "-3.0e38";

  /**
   * Code of a tensor's layout in memory: channels last is fastest for forward and backward passes.
   */
  private static final int CHANNELS_LAST = 2;

  private final Network network;
  private final Precision precision;
  private final Mode mode;
  private final UnaryOperator<String> tensor;
  private final Set<Integer> kept;
  private final Set<Integer> head;
  private final StringBuilder text = new StringBuilder();

  /**
   * Prepares the statements.
   *
   * @param tensor the expression for the tensor of a given name
   * @param kept nodes whose output is read later and must not be overwritten
   */
  LayerScript(
      Network network,
      Precision precision,
      Mode mode,
      UnaryOperator<String> tensor,
      Set<Integer> kept) {
    this.network = network;
    this.precision = precision;
    this.mode = mode;
    this.tensor = tensor;
    this.kept = kept;
    this.head = head(network);
  }

  /** Layers that may be differentiated, whose tensors are attributes of the class. */
  static LayerScript inference(Network network, Precision precision, Set<Integer> kept) {
    return new LayerScript(
        network,
        precision,
        Mode.INFERENCE,
        name -> "self." + InferenceScript.attribute(name),
        kept);
  }

  /**
   * The nodes that are computed in the head's type: those behind the last feature map, and vectors
   * that only these read, as at the end of another branch.
   */
  static Set<Integer> head(Network network) {
    List<Node> nodes = network.nodes();
    int last = network.lastFeatureMap();
    Set<Integer> head = new HashSet<>();
    Set<Integer> readBefore = new HashSet<>();
    if (last < nodes.size() - 1) {
      readBefore.add(last);
    }
    for (int i = nodes.size() - 1; i > 0; i--) {
      Node node = nodes.get(i);
      boolean vector = node.shape().height() == 1 && node.shape().width() == 1;
      if (i > last
          || (vector && !readBefore.contains(i) && !(node.layer() instanceof Layer.Conv))) {
        head.add(i);
      } else {
        readBefore.addAll(node.inputs());
      }
    }
    return head;
  }

  /** Whether a node is computed in the type of the maps, which the weights may not have. */
  private boolean isRounded(int position) {
    return precision == Precision.BFLOAT16 && !head.contains(position);
  }

  String write() {
    return write(position -> "");
  }

  /** Writes all nodes, with the caller's statements after those of each node. */
  String write(IntFunction<String> after) {
    text.append(input()).append(after.apply(0));
    return write(1, network.nodes().size(), after);
  }

  /**
   * Writes these parts, one after another.
   *
   * @param parts what lies between them is not read
   */
  String write(List<Part> parts) {
    for (Part part : parts) {
      if (part.pictures() == 0) {
        write(part.from() + 1, part.to() + 1);
      } else {
        write(part);
      }
    }
    return text.toString();
  }

  /**
   * A part for a fixed number of pictures at a time. {@code n}: how many there are; {@code l}: with
   * the last repeated until they are a multiple; {@code c}: the pictures of each call; {@code d}:
   * their outputs.
   */
  private void write(Part part) {
    text.append(
        Text.of(
            """
                n%1$d = torch.size(v%1$d, 0)
                l%1$d = [v%1$d]
                for j%1$d in range(torch.remainder(torch.neg(n%1$d), %2$d)):
                  _ = torch.append(l%1$d, torch.slice(v%1$d, 0, torch.sub(n%1$d, 1), n%1$d, 1))
                c%1$d = torch.split(torch.cat(l%1$d, 0), %2$d, 0)
                d%1$d = annotate(List[Tensor], [])
                for j%1$d in range(torch.len(c%1$d)):
                  v%1$d = c%1$d[j%1$d]
            """,
            part.from(), part.pictures()));
    int start = text.length();
    write(part.from() + 1, part.to() + 1);
    line("_", Text.of("torch.append(d%d, v%d)", part.from(), part.to()));
    String body = text.substring(start).indent(2);
    text.setLength(start);
    text.append(body);
    line("v" + part.to(), Text.of("torch.slice(torch.cat(d%1$d, 0), 0, 0, n%1$d, 1)", part.from()));
  }

  /** The input in the form in which the layers read it. */
  String input() {
    return INDENT
        + Text.of(
            "v0 = torch.to(v0, %d, False, False, %d)\n", precision.scalarType(), CHANNELS_LAST);
  }

  /** Writes the nodes from {@code from} to {@code to - 1} alone. */
  String write(int from, int to) {
    return write(from, to, position -> "");
  }

  /**
   * The statements of one node, with variables of other names.
   *
   * @param in the variable that holds what the node reads first
   * @param out the variable that is to hold its output
   */
  String writeAs(int position, String in, String out) {
    text.setLength(0);
    write(position, position + 1);
    int from = network.nodes().get(position).inputs().get(0);
    return text.toString()
        .replaceAll("\\bv" + from + "\\b", in)
        .replaceAll("\\b[vp]" + position + "\\b", out);
  }

  private String write(int from, int to, IntFunction<String> after) {
    for (int i = from; i < to; i++) {
      Node node = network.nodes().get(i);
      line("v" + i, expression(i, node));
      text.append(after.apply(i));
    }
    return text.toString();
  }

  private void line(String target, String expression) {
    text.append(INDENT).append(target).append(" = ").append(expression).append('\n');
  }

  private String expression(int position, Node node) {
    String x = input(position, 0);
    Layer layer = node.layer();
    if (layer instanceof Layer.Conv conv) {
      return convolution(position, conv);
    } else if (layer instanceof Layer.BatchNorm norm) {
      return batchNorm(node, norm, x);
    } else if (layer instanceof Activation activation) {
      return isFused(node) ? x : ActivationScript.of(activation, x, canOverwrite(node));
    } else if (layer instanceof Layer.MaxPool pool) {
      String in = padded("p" + position, x, pool.window(), LOWEST);
      return "torch.max_pool2d(%s, %s, %s, %s, False)"
          .formatted(
              in, kernelAndStride(pool.window()), pads(pool.window()), dilation(pool.window()));
    } else if (layer instanceof Layer.AvgPool pool) {
      return averagePool(position, x, pool.window());
    } else if (layer instanceof Layer.AdaptiveAvgPool pool) {
      return Text.of("torch.adaptive_avg_pool2d(%s, [%2$d, %2$d])", x, pool.side());
    } else if (layer instanceof Layer.Flatten) {
      return "torch.flatten(%s, 1, -1)".formatted(x);
    } else if (layer instanceof Layer.Linear) {
      String operands = typedWeight(position, "weight") + ", " + typedWeight(position, "bias");
      return "torch.linear(" + x + ", " + operands + ")";
    } else if (layer instanceof Layer.ClassLogit logit) {
      return Text.of("torch.to(%s, %d)", LogitScript.of(x, logit), precision.headType());
    } else if (layer instanceof Layer.Dropout dropout) {
      return mode == Mode.TRAINING ? "torch.dropout(%s, %s, True)".formatted(x, dropout.p()) : x;
    } else if (layer instanceof Layer.Concat) {
      return "torch.cat([" + String.join(", ", inputs(position)) + "], 1)";
    } else if (layer instanceof Layer.ScaledAdd add) {
      return scaledAdd(position, add, x);
    } else if (layer instanceof Operation operation) {
      List<FeatureShape> shapes =
          node.inputs().stream().map(i -> network.nodes().get(i).shape()).toList();
      return new OperationScript(network.padding(), leaf -> typedWeight(position, leaf))
          .of(operation, inputs(position), shapes);
    }
    throw new IllegalStateException("no script for " + layer);
  }

  /**
   * libtorch adds what it scales in one rounding, but for the last values of a bfloat16 tensor,
   * fewer than a vector register holds, in two: a logit would depend on how many pictures there
   * are. So in bfloat16 all are rounded twice; in training, where that does not matter, they are
   * not.
   */
  private String scaledAdd(int position, Layer.ScaledAdd add, String x) {
    String y = input(position, 1);
    boolean training = mode == Mode.EVALUATION || mode == Mode.TRAINING;
    return !training && isRounded(position)
        ? "torch.add(%s, torch.mul(%s, %s))".formatted(x, y, add.scale())
        : "torch.add(%s, %s, alpha=%s)".formatted(x, y, add.scale());
  }

  private String convolution(int position, Layer.Conv conv) {
    Window w = conv.window();
    String x = padded("p" + position, input(position, 0), w, "None");
    String weight = featureWeight(position, "weight");
    Optional<WinogradScript> winograd = winograd(network.nodes().get(position), conv);
    if (winograd.isPresent()) {
      String bias = conv.bias() ? winogradName(featureWeight(position, "bias")) : "None";
      return winograd.get().call(x, winogradName(weight), bias, fusedWith(position));
    }
    if (mode.calls()) {
      String held = mode.packs() ? packedName(weight) : weight;
      return Fusion.convolution(
          operands(position, conv, x, held), pads(w), conv, fusedWith(position));
    }
    UnaryOperator<String> call =
        in ->
            Text.of(
                "torch.conv2d(%s, %s, %s, %s, %d)",
                operands(position, conv, in, weight),
                stride(w),
                pads(w),
                dilation(w),
                conv.groups());
    return mode == Mode.MIXED ? WindowScript.inBfloat16(x, call) : call.apply(x);
  }

  private String operands(int position, Layer.Conv conv, String x, String weight) {
    return x + ", " + weight + ", " + (conv.bias() ? featureWeight(position, "bias") : "None");
  }

  private Optional<Activation> fusedWith(int position) {
    return readers(position).stream()
        .filter(this::isFused)
        .map(reader -> (Activation) reader.layer())
        .findFirst();
  }

  /** The variable that holds a packed weight. */
  private static String packedName(String weight) {
    return weight + "_packed";
  }

  private static String winogradName(String tensor) {
    return tensor + "_winograd";
  }

  private Optional<WinogradScript> winograd(Node node, Layer.Conv conv) {
    return mode == Mode.WINOGRAD ? winograd(network, node, conv) : Optional.empty();
  }

  /** How a window is convolved in tiles, where whole maps are, too. */
  Optional<WinogradScript> inTiles(int position) {
    Node node = network.nodes().get(position);
    return node.layer() instanceof Layer.Conv conv && network.padding() == Padding.ZERO
        ? winograd(node, conv).filter(WinogradScript::square)
        : Optional.empty();
  }

  /** The convolution of windows in tiles. */
  String inTiles(int position, WinogradScript by, String x) {
    String weight = featureWeight(position, "weight");
    return by.inWindows(x, by.needsWeightOfWindows() ? windowsName(weight) : winogradName(weight));
  }

  /** The weights that windows alone read: variables, and expressions for them. */
  Map<String, String> ofWindows(Set<Integer> positions) {
    Map<String, String> own = new LinkedHashMap<>();
    for (int position : positions) {
      String weight = featureWeight(position, "weight");
      inTiles(position)
          .filter(WinogradScript::needsWeightOfWindows)
          .ifPresent(by -> own.put(windowsName(weight), by.weightOfWindows(weight)));
    }
    return own;
  }

  private static String windowsName(String weight) {
    return weight + "_windows";
  }

  private static Optional<WinogradScript> winograd(Network network, Node node, Layer.Conv conv) {
    return WinogradScript.of(conv, node.shape(), padsApart(network, conv.window()));
  }

  /**
   * The packed weights that this mode reads, and its mode on parts: variables, and expressions for
   * them. A scoring module hands them on behind its tensors.
   */
  Map<String, String> packed() {
    Map<String, String> packed = new LinkedHashMap<>();
    Set<Integer> inParts = TileScript.positions(network);
    for (int i = 0; mode.packs() && i < network.nodes().size(); i++) {
      Node node = network.nodes().get(i);
      if (node.layer() instanceof Layer.Conv conv) {
        Optional<WinogradScript> winograd = winograd(node, conv);
        if (winograd.isEmpty() || inParts.contains(i)) {
          pack(node, conv, packed);
        }
        winograd.ifPresent(by -> transform(node, conv, by, packed));
      }
    }
    return packed;
  }

  private void pack(Node node, Layer.Conv conv, Map<String, String> packed) {
    Window w = conv.window();
    FeatureShape in = read(network.nodes().get(node.inputs().get(0)).shape(), w);
    String weight = weight(node, "weight");
    packed.put(packedName(weight), Fusion.packed(weight, pads(w), conv, in));
  }

  private void transform(
      Node node, Layer.Conv conv, WinogradScript by, Map<String, String> packed) {
    String weight = weight(node, "weight");
    packed.put(winogradName(weight), by.weight(weight));
    if (conv.bias()) {
      String bias = weight(node, "bias");
      packed.put(winogradName(bias), by.bias(bias));
    }
  }

  /** A map with the padding that the convolution itself does not apply. */
  private FeatureShape read(FeatureShape in, Window w) {
    if (!padsApart(w)) {
      return in;
    }
    Window.Axis rows = w.rows();
    Window.Axis columns = w.columns();
    return new FeatureShape(
        in.channels(),
        in.height() + rows.before() + rows.after(),
        in.width() + columns.before() + columns.after());
  }

  /** Whether padding is an operation of its own. */
  private boolean padsApart(Window w) {
    return padsApart(network, w);
  }

  private static boolean padsApart(Network network, Window w) {
    return w.padded() && !(network.padding() == Padding.ZERO && w.symmetric());
  }

  /** The padding that the operation itself applies. */
  private String pads(Window w) {
    return network.padding() == Padding.ZERO && w.symmetric()
        ? Text.of("[%d, %d]", w.rows().before(), w.columns().before())
        : "[0, 0]";
  }

  /**
   * Whether an activation is fused with the convolution before it, which no other node may read.
   */
  private boolean isFused(Node node) {
    int from = node.inputs().isEmpty() ? 0 : node.inputs().get(0);
    return mode.calls()
        && node.layer() instanceof Activation activation
        && Fusion.has(activation)
        && network.nodes().get(from).layer() instanceof Layer.Conv
        && readers(from).size() == 1
        && !kept.contains(from);
  }

  private List<Node> readers(int position) {
    return network.nodes().stream().filter(n -> n.inputs().contains(position)).toList();
  }

  /**
   * {@code x}, or the variable that holds it padded, where the operation itself cannot pad.
   *
   * @param value what lies beyond the border with zero padding; {@code None} for 0
   */
  private String padded(String name, String x, Window w, String value) {
    if (!padsApart(w)) {
      return x;
    }
    boolean zero = network.padding() == Padding.ZERO;
    line(name, zero ? pad(x, w, "constant", value) : pad(x, w, network.padding().label(), "None"));
    return name;
  }

  private static String pad(String x, Window w, String mode, String value) {
    Window.Axis rows = w.rows();
    Window.Axis columns = w.columns();
    return Text.of(
        "torch.pad(%s, [%d, %d, %d, %d], \"%s\", %s)",
        x, columns.before(), columns.after(), rows.before(), rows.after(), mode, value);
  }

  private String averagePool(int position, String x, Window w) {
    String mean =
        "torch.avg_pool2d(%s, %s, %s, False, False, None)"
            .formatted(padded("p" + position, x, w, "None"), kernelAndStride(w), pads(w));
    if (w.symmetric() || network.padding() != Padding.ZERO) {
      return mean;
    }
    // the mean of zeros and ones is the part of the window that lies inside the map
    String one = "torch.ones_like(torch.slice(torch.slice(" + x + ", 0, 0, 1, 1), 1, 0, 1, 1))";
    line("q" + position, pad(one, w, "constant", "None"));
    return "torch.div(%s, %s)".formatted(mean, mean.replace("p" + position, "q" + position));
  }

  private String batchNorm(Node node, Layer.BatchNorm norm, String x) {
    return "torch.batch_norm(%s, %s, %s, %s, %s, %s, 0.1, %s, False)"
        .formatted(
            x,
            weight(node, "weight"),
            weight(node, "bias"),
            weight(node, "running_mean"),
            weight(node, "running_var"),
            mode == Mode.TRAINING ? "True" : "False",
            norm.eps());
  }

  private static String kernelAndStride(Window w) {
    return Text.of("[%d, %d], %s", w.rows().kernel(), w.columns().kernel(), stride(w));
  }

  private static String stride(Window w) {
    return Text.of("[%d, %d]", w.rows().stride(), w.columns().stride());
  }

  private static String dilation(Window w) {
    return Text.of("[%d, %d]", w.rows().dilation(), w.columns().dilation());
  }

  /** Operates in place if no other node reads the input, which saves a pass over memory. */
  private boolean canOverwrite(Node node) {
    int from = node.inputs().get(0);
    return readers(from).size() == 1
        && from > 0
        && !kept.contains(from)
        && ownsMemory(network.nodes().get(from).layer());
  }

  /** A part of another map, for one, may be read by others. */
  private static boolean ownsMemory(Layer layer) {
    return layer instanceof Layer.Conv
        || layer instanceof Layer.BatchNorm
        || layer instanceof Layer.Linear
        || layer instanceof Layer.ScaledAdd
        || layer instanceof Layer.Concat
        || layer instanceof Operation.Combine;
  }

  private List<String> inputs(int position) {
    int count = network.nodes().get(position).inputs().size();
    return IntStream.range(0, count).mapToObj(i -> input(position, i)).toList();
  }

  /** What a node reads; the head reads feature maps in its own type. */
  private String input(int position, int i) {
    int from = network.nodes().get(position).inputs().get(i);
    boolean converted =
        precision.scalarType() != precision.headType()
            && head.contains(position)
            && !head.contains(from);
    return converted ? Text.of("torch.to(v%d, %d)", from, precision.headType()) : "v" + from;
  }

  private String weight(Node node, String leaf) {
    return tensor.apply(node.name() + "." + leaf);
  }

  private String featureWeight(int position, String leaf) {
    return mode == Mode.EVALUATION || mode == Mode.TRAINING
        ? typedWeight(position, leaf)
        : weight(network.nodes().get(position), leaf);
  }

  /** A tensor in the type of the maps, where it may have another. */
  private String typedWeight(int position, String leaf) {
    String w = weight(network.nodes().get(position), leaf);
    return isRounded(position) ? "torch.to(" + w + ", 15)" : w;
  }
}
