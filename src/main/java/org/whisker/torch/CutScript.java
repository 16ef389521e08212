package org.whisker.torch;

import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.whisker.classifier.Preprocessing;
import org.whisker.network.Layer;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Network.Node;
import org.whisker.value.Text;

/**
 * A network in parts, as a TorchScript class. A part goes from one cut to the next, the first from
 * the image, the last to the logit. It has no tensors of its own: {@code assign} keeps those that
 * it is given. Methods, with k the number of a cut, from 0:
 *
 * <ul>
 *   <li>{@code until<k>(x)}: from pictures to the activations at cut k, in float32.
 *   <li>{@code from<k>(v)}: from these to logits.
 *   <li>{@code gradient<k>(v)}: the derivative of the logits' sum with respect to them.
 *   <li>{@code averaged(x)}: from pictures to logits, each the mean over all rolls of the map at
 *       the last cut, which the head then reads without knowing where it is.
 * </ul>
 *
 * @param cuts positions of nodes, ascending
 */
record CutScript(
    Network network, Precision precision, Preprocessing preprocessing, List<Integer> cuts) {
  byte[] archive() {
    return TorchScriptArchive.write(
        InferenceScript.attributes(network),
        RelevanceScript.RuleStatements.assign(network)
            + IntStream.rangeClosed(0, cuts.size())
                .mapToObj(this::part)
                .collect(Collectors.joining())
            + IntStream.range(0, cuts.size()).mapToObj(this::ends).collect(Collectors.joining())
            + (cuts.isEmpty() ? "" : averaged()));
  }

  private String part(int number) {
    boolean first = number == 0;
    boolean last = number == cuts.size();
    int from = first ? 0 : cuts.get(number - 1);
    int to = last ? network.nodes().size() - 1 : cuts.get(number);
    LayerScript layers =
        new LayerScript(
            network,
            precision,
            LayerScript.Mode.INFERENCE,
            name -> "self." + InferenceScript.attribute(name),
            new HashSet<>(cuts));
    String input =
        first
            ? InferenceScript.preprocess(network, preprocessing) + layers.input()
            : Text.of("    v%1$d = torch.to(x, %2$d)\n", from, type(from));
    return Text.of("  def part%d(self: __torch__.Net, x: Tensor) -> Tensor:\n", number)
        + input
        + layers.write(from + 1, to + 1)
        + "    return %s\n".formatted(last ? "torch.to(v" + to + ", 6)" : "v" + to);
  }

  private int type(int position) {
    return position <= network.lastFeatureMap() ? precision.scalarType() : precision.headType();
  }

  private String ends(int cut) {
    String until =
        IntStream.rangeClosed(0, cut)
            .mapToObj(i -> Text.of("    y = self.part%d(y)\n", i))
            .collect(Collectors.joining());
    String from =
        IntStream.rangeClosed(cut + 1, cuts.size())
            .mapToObj(i -> Text.of("    y = self.part%d(y)\n", i))
            .collect(Collectors.joining());
    return Text.of(
        """
          def until%1$d(self: __torch__.Net, x: Tensor) -> Tensor:
            y = x
        %2$s    return torch.contiguous(torch.to(y, 6), memory_format=0)
          def from%1$d(self: __torch__.Net, x: Tensor) -> Tensor:
            y = torch.contiguous(x, memory_format=2)
        %3$s    return y
          def gradient%1$d(self: __torch__.Net, x: Tensor) -> Tensor:
            leaf = torch.requires_grad_(torch.detach(x), True)
            z = torch.sum(self.from%1$d(leaf), dtype=None)
            g = torch.grad([z], [leaf], None, None, False, False)
            return torch.contiguous(unchecked_cast(Tensor, g[0]), memory_format=0)
        """,
        cut, until, from);
  }

  /**
   * The mean over all rolls. Of a head that is linear it is the head of the mean over all
   * positions.
   */
  private String averaged() {
    int last = cuts.size() - 1;
    FeatureShape map = network.nodes().get(cuts.get(last)).shape();
    String text =
        Text.of(
            "  def averaged(self: __torch__.Net, x: Tensor) -> Tensor:\n    v = self.until%d(x)\n",
            last);
    if (isLinear(cuts.get(last))) {
      String mean =
          Text.of(
              "torch.expand(torch.mean(v, [2, 3], True, dtype=None), [-1, -1, %d, %d])",
              map.height(), map.width());
      return text + Text.of("    return self.from%d(%s)\n", last, mean);
    }
    return text
        + Text.of(
            """
            z = torch.mul(self.from%1$d(v), 0)
            for i in range(%2$d):
              r = torch.roll(v, [i], [2])
              s = annotate(List[Tensor], [])
              for j in range(%3$d):
                _ = torch.append(s, torch.roll(r, [j], [3]))
              y = torch.reshape(self.from%1$d(torch.cat(s, 0)), [%3$d, -1, 1])
              z = torch.add(z, torch.sum(y, [0], False, dtype=None))
            return torch.div(z, %4$d)
        """,
            last, map.height(), map.width(), map.height() * map.width());
  }

  /** Whether the logit is a linear function of what a node gives. */
  private boolean isLinear(int position) {
    return network.nodes().stream()
        .skip(position + 1L)
        .map(Node::layer)
        .allMatch(
            layer ->
                layer instanceof Layer.AdaptiveAvgPool
                    || layer instanceof Layer.Flatten
                    || layer instanceof Layer.Dropout
                    || layer instanceof Layer.Linear);
  }
}
