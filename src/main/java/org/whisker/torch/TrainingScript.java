package org.whisker.torch;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.whisker.classifier.Preprocessing;
import org.whisker.network.Layer.Parameter;
import org.whisker.network.Network;
import org.whisker.torch.TrainableNetwork.TrainingStep;
import org.whisker.value.Checks;
import org.whisker.value.Text;

/**
 * A network as a TorchScript class that trains itself. Methods:
 *
 * <ul>
 *   <li>{@code reset(x)} creates the {@link #STATE} on the device of x, all zero except for the
 *       mask
 *   <li>{@code put(x, at)} writes x into a vector of the state, {@code take(at)} copies a piece of
 *       one; at holds the vector's number, an offset and a length
 *   <li>{@code step(x, y, h)}: one AdamW step (Loshchilov and Hutter, arXiv 1711.05101) on the
 *       {@link TrainingStep.Loss} with targets y; h holds the step's numbers, see {@link
 *       TrainingStep}; returns the loss and the gradient's norm before clipping
 *   <li>{@code score(x)}: logits (the first output) with the averaged weights, in evaluation mode
 * </ul>
 *
 * <p>The state of a full-size VGG-16 is 3.3 GB: it is written and read in pieces, and a step
 * allocates as few temporary vectors of that length as possible.
 */
final class TrainingScript {
  /** Flat vectors: weights, batch norm statistics, AdamW's two moments, averages, decay mask. */
  static final List<String> STATE =
      List.of(
          "weights",
          "statistics",
          "first_moment",
          "second_moment",
          "average",
          "average_statistics",
          "decayed");

  static final double FIRST_DECAY = 0.9;
  static final double SECOND_DECAY = 0.999;
  private static final double EPS = 1e-8;

  private final Network network;
  private final FlatLayout layout;
  private final Precision precision;
  private final Preprocessing preprocessing;
  private final TrainingStep.Loss loss;

  TrainingScript(
      Network network,
      FlatLayout layout,
      Precision precision,
      Preprocessing preprocessing,
      TrainingStep.Loss loss) {
    Checks.refuse(
        precision == Precision.FLOAT64, "training is in float32 or bfloat16, not in float64");
    this.network = network;
    this.layout = layout;
    this.precision = precision;
    this.preprocessing = preprocessing;
    this.loss = loss;
  }

  byte[] archive() {
    return TorchScriptArchive.write(STATE, reset() + put() + take() + step() + score());
  }

  /** The length of a vector of the state; at least one. */
  static int size(FlatLayout layout, int vector) {
    boolean statistics = STATE.get(vector).endsWith("statistics");
    return Math.max(1, statistics ? layout.statisticsSize() : layout.trainedSize());
  }

  private String reset() {
    StringBuilder text =
        new StringBuilder("  def reset(self: __torch__.Net, x: Tensor) -> Tensor:\n");
    for (int i = 0; i < STATE.size(); i++) {
      text.append(
          Text.of("    self.%s = torch.new_zeros(x, [%d])\n", STATE.get(i), size(layout, i)));
    }
    int i = 0;
    for (FlatLayout.Slot slot : layout.trained().values()) {
      if (slot.parameter().shape().size() > 1) { // biases and norms are exempt
        text.append(
            Text.of(
                "    a%d = torch.fill_(torch.narrow(self.decayed, 0, %d, %d), 1.0)\n",
                i++, slot.offset(), slot.size()));
      }
    }
    return text.append("    return torch.zeros([1])\n").toString();
  }

  private static String put() {
    return "  def put(self: __torch__.Net, x: Tensor, at: Tensor) -> Tensor:\n"
        + chosen()
        + """
            n = int(torch.select(at, 0, 2))
            a = torch.copy_(torch.narrow(v, 0, int(torch.select(at, 0, 1)), n), x)
            return torch.zeros([1])
        """;
  }

  private static String take() {
    return "  def take(self: __torch__.Net, at: Tensor) -> Tensor:\n"
        + chosen()
        + """
            n = int(torch.select(at, 0, 2))
            return torch.clone(torch.narrow(v, 0, int(torch.select(at, 0, 1)), n))
        """;
  }

  /** Statements that leave the requested vector in {@code v}. */
  private static String chosen() {
    StringBuilder text = new StringBuilder("    k = int(torch.select(at, 0, 0))\n");
    text.append("    v = self.%s\n".formatted(STATE.get(0)));
    for (int i = 1; i < STATE.size(); i++) {
      text.append(Text.of("    if torch.eq(k, %d):\n      v = self.%s\n", i, STATE.get(i)));
    }
    return text.toString();
  }

  private String step() {
    return "  def step(self: __torch__.Net, x: Tensor, y: Tensor, h: Tensor) -> Tensor:\n"
        + "    p = torch.requires_grad_(torch.detach(self.weights), True)\n"
        + forward("p", "statistics", LayerScript.Mode.TRAINING)
        + loss.script()
        + """
            gs = torch.grad([loss], [p], None, None, False, False)
            g0 = unchecked_cast(Tensor, gs[0])
            norm = torch.norm(g0)
            shrink = torch.clamp(torch.div(torch.select(h, 0, 4), torch.add(norm, 1.0e-6)), None, 1)
            g = torch.mul(g0, shrink)
            a0 = torch.lerp_(self.first_moment, g, %s)
            a1 = torch.mul_(self.second_moment, %s)
            a2 = torch.addcmul_(self.second_moment, g, g, value=%s)
            d = torch.sqrt(self.second_moment)
            a2 = torch.add_(torch.mul_(d, torch.select(h, 0, 3)), %s)
            u = torch.div(self.first_moment, d)
            r = torch.mul(self.decayed, self.weights)
            a2 = torch.mul_(r, torch.select(h, 0, 1))
            a2 = torch.add_(torch.mul_(u, torch.select(h, 0, 2)), r)
            a3 = torch.sub_(self.weights, torch.mul_(u, torch.select(h, 0, 0)))
            a4 = torch.lerp_(self.average, self.weights, torch.select(h, 0, 5))
            a5 = torch.lerp_(self.average_statistics, self.statistics, torch.select(h, 0, 5))
            return torch.stack([torch.detach(loss), norm], 0)
        """
            .formatted(1 - FIRST_DECAY, SECOND_DECAY, 1 - SECOND_DECAY, EPS);
  }

  private String score() {
    return "  def score(self: __torch__.Net, x: Tensor) -> Tensor:\n"
        + forward("self.average", "average_statistics", LayerScript.Mode.EVALUATION)
        + "    return torch.contiguous(torch.narrow(z, 1, 0, 1))\n";
  }

  /** Statements that leave the outputs in {@code z}, a row for each picture. */
  private String forward(String weights, String statistics, LayerScript.Mode mode) {
    Map<String, String> names = new HashMap<>();
    StringBuilder text = new StringBuilder();
    String sizes =
        layout.trained().values().stream()
            .map(s -> Integer.toString(s.size()))
            .collect(Collectors.joining(", "));
    text.append("    s = torch.split_with_sizes(%s, [%s], 0)\n".formatted(weights, sizes));
    int i = 0;
    for (FlatLayout.Slot slot : layout.trained().values()) {
      text.append(Text.of("    w%d = torch.view(s[%d], %s)\n", i, i, slot.parameter().shape()));
      names.put(slot.parameter().name(), "w" + i++);
    }
    for (FlatLayout.Slot slot : layout.statistics().values()) {
      text.append(
          Text.of(
              "    w%d = torch.narrow(self.%s, 0, %d, %d)\n",
              i, statistics, slot.offset(), slot.size()));
      names.put(slot.parameter().name(), "w" + i++);
    }
    text.append(InferenceScript.preprocess(network, preprocessing));
    text.append(new LayerScript(network, precision, mode, names::get, Set.of()).write());
    return text.append(Text.of("    z = v%d\n", network.nodes().size() - 1)).toString();
  }

  /**
   * The position of each tensor in two flat vectors: the trained parameters, and batch norm's
   * running statistics. With a single vector, an optimizer step is a handful of operations,
   * whatever the number of layers.
   */
  record FlatLayout(Map<String, Slot> trained, Map<String, Slot> statistics) {
    /** A tensor's position in its vector. */
    record Slot(Parameter parameter, int offset) {
      int size() {
        return Math.toIntExact(parameter.size());
      }
    }

    static FlatLayout of(Network network) {
      List<Parameter> all = network.parameters();
      return new FlatLayout(
          slots(all.stream().filter(p -> p.role().trained()).toList()),
          slots(all.stream().filter(p -> !p.role().trained()).toList()));
    }

    private static Map<String, Slot> slots(List<Parameter> parameters) {
      Map<String, Slot> slots = new LinkedHashMap<>();
      int offset = 0;
      for (Parameter parameter : parameters) {
        Slot slot = new Slot(parameter, offset);
        slots.put(parameter.name(), slot);
        offset = Math.addExact(offset, slot.size());
      }
      return slots;
    }

    int trainedSize() {
      return trained.values().stream().mapToInt(Slot::size).sum();
    }

    int statisticsSize() {
      return statistics.values().stream().mapToInt(Slot::size).sum();
    }
  }
}
