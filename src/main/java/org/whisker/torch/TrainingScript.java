package org.whisker.torch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.whisker.classifier.Preprocessing;
import org.whisker.network.Network;

/**
 * A network as a TorchScript class that trains itself. Methods:
 *
 * <ul>
 *   <li>{@code assign(tensors)} takes the {@link #STATE} in order
 *   <li>{@code step(x, y, h)}: one AdamW step (Loshchilov and Hutter, arXiv 1711.05101) on the
 *       binary cross-entropy with targets y; h holds the step's numbers, see {@link TrainingStep};
 *       gives the loss and the gradient's norm before clipping
 *   <li>{@code score(x)}: logits by the averaged weights, in evaluation
 *   <li>{@code state()}: copies of the state, in order
 * </ul>
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

  TrainingScript(
      Network network, FlatLayout layout, Precision precision, Preprocessing preprocessing) {
    if (precision == Precision.FLOAT64) {
      throw new IllegalArgumentException("training is in float32 or bfloat16, not in float64");
    }
    this.network = network;
    this.layout = layout;
    this.precision = precision;
    this.preprocessing = preprocessing;
  }

  byte[] archive() {
    return TorchScriptArchive.write(STATE, assign() + step() + score() + state());
  }

  private static String assign() {
    StringBuilder text =
        new StringBuilder("  def assign(self: __torch__.Net, t: List[Tensor]) -> Tensor:\n");
    for (int i = 0; i < STATE.size(); i++) {
      text.append("    self.%s = torch.to(t[%d], 6, False, True)\n".formatted(STATE.get(i), i));
    }
    return text.append("    return torch.zeros([1])\n").toString();
  }

  private static String state() {
    String copies =
        STATE.stream().map(n -> "torch.clone(self." + n + ")").collect(Collectors.joining(", "));
    return "  def state(self: __torch__.Net) -> List[Tensor]:\n    return [" + copies + "]\n";
  }

  private String step() {
    return "  def step(self: __torch__.Net, x: Tensor, y: Tensor, h: Tensor) -> Tensor:\n"
        + "    p = torch.requires_grad_(torch.detach(self.weights), True)\n"
        + forward("p", "statistics", LayerScript.Mode.TRAINING)
        + """
            loss = torch.binary_cross_entropy_with_logits(z, y, None, None, 1)
            gs = torch.grad([loss], [p], None, None, False, False)
            g0 = unchecked_cast(Tensor, gs[0])
            norm = torch.norm(g0)
            shrink = torch.clamp(torch.div(torch.select(h, 0, 4), torch.add(norm, 1.0e-6)), None, 1)
            g = torch.mul(g0, shrink)
            a0 = torch.lerp_(self.first_moment, g, %s)
            a1 = torch.mul_(self.second_moment, %s)
            a2 = torch.addcmul_(self.second_moment, g, g, value=%s)
            d = torch.add(torch.mul(torch.sqrt(self.second_moment), torch.select(h, 0, 3)), %s)
            u = torch.mul(torch.div(self.first_moment, d), torch.select(h, 0, 2))
            r = torch.mul(torch.mul(self.decayed, self.weights), torch.select(h, 0, 1))
            a3 = torch.sub_(self.weights, torch.mul(torch.add(u, r), torch.select(h, 0, 0)))
            a4 = torch.lerp_(self.average, self.weights, torch.select(h, 0, 5))
            a5 = torch.lerp_(self.average_statistics, self.statistics, torch.select(h, 0, 5))
            return torch.stack([torch.detach(loss), norm], 0)
        """
            .formatted(1 - FIRST_DECAY, SECOND_DECAY, 1 - SECOND_DECAY, EPS);
  }

  private String score() {
    return "  def score(self: __torch__.Net, x: Tensor) -> Tensor:\n"
        + forward("self.average", "average_statistics", LayerScript.Mode.EVALUATION)
        + "    return z\n";
  }

  /** Statements that end with the logits in {@code z}. */
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
      text.append("    w%d = torch.view(s[%d], %s)\n".formatted(i, i, slot.parameter().shape()));
      names.put(slot.parameter().name(), "w" + i++);
    }
    for (FlatLayout.Slot slot : layout.statistics().values()) {
      text.append(
          "    w%d = torch.narrow(self.%s, 0, %d, %d)\n"
              .formatted(i, statistics, slot.offset(), slot.size()));
      names.put(slot.parameter().name(), "w" + i++);
    }
    text.append(InferenceScript.preprocess(network, preprocessing));
    text.append(new LayerScript(network, precision, mode, names::get, Set.of()).write());
    return text.append("    z = v%d\n".formatted(network.nodes().size() - 1)).toString();
  }
}
