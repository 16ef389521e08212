package org.whisker.torch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
 * @param transforms whether the device computes in float64, as Fourier transforms do here
 */
record CutScript(
    Network network,
    Precision precision,
    Preprocessing preprocessing,
    List<Integer> cuts,
    boolean transforms) {
  /**
   * Rolls from which on Fourier transforms of the weights, anew for each call, are the faster way.
   */
  private static final int MANY = 100;

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
    LayerScript layers = layers();
    String input =
        first
            ? InferenceScript.preprocess(network, preprocessing) + layers.input()
            : read(from, "x");
    return Text.of("  def part%d(self: __torch__.Net, x: Tensor) -> Tensor:\n", number)
        + input
        + layers.write(from + 1, to + 1)
        + "    return %s\n".formatted(last ? "torch.to(v" + to + ", 6)" : "v" + to);
  }

  private LayerScript layers() {
    return LayerScript.inference(network, precision, new HashSet<>(cuts));
  }

  /** Takes what a node gave from a variable. */
  private String read(int position, String from) {
    return Text.of("    v%d = torch.to(%s, %d)\n", position, from, type(position));
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
    int cut = cuts.get(last);
    FeatureShape map = network.nodes().get(cut).shape();
    if (isLinear(cut)) {
      return averaged(last) + mean(last, map);
    }
    RolledHead head = new RolledHead(cut);
    return transforms && head.isRead() && map.height() * map.width() >= MANY
        ? head.methods() + averaged(last) + head.mean()
        : averaged(last) + rolled(last, map);
  }

  private static String averaged(int last) {
    return Text.of(
        "  def averaged(self: __torch__.Net, x: Tensor) -> Tensor:\n    v = self.until%d(x)\n",
        last);
  }

  private static String mean(int last, FeatureShape map) {
    return Text.of(
        "    return self.from%d(torch.expand(torch.mean(v, [2, 3], True, dtype=None), [-1, -1, %d,"
            + " %d]))\n",
        last, map.height(), map.width());
  }

  private static String rolled(int last, FeatureShape map) {
    return Text.of(
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

  /**
   * A head that reads the whole map by fully connected layers. What these give for all rolls of the
   * map is their circular correlation with it, by Fourier transforms in float64. Maps are taken one
   * at a time, so that a logit does not depend on those beside it.
   */
  private final class RolledHead {
    private final FeatureShape map;
    private final List<Integer> first = new ArrayList<>();
    private final List<Integer> others = new ArrayList<>();
    private boolean read = true;

    RolledHead(int cut) {
      map = network.nodes().get(cut).shape();
      Set<Integer> whole = new HashSet<>(Set.of(cut));
      for (int i = cut + 1; i < network.nodes().size(); i++) {
        Node node = network.nodes().get(i);
        if (node.inputs().stream().noneMatch(whole::contains)) {
          others.add(i);
        } else if (node.layer() instanceof Layer.Linear) {
          first.add(i);
        } else {
          whole.add(i);
          read &= node.layer() instanceof Layer.Flatten || node.layer() instanceof Layer.Dropout;
        }
      }
    }

    /** Whether nothing but fully connected layers reads the map. */
    boolean isRead() {
      return read;
    }

    /**
     * {@code spectrum(w)} of maps or weights, {@code correlated(w, m, b)} from two spectra and a
     * bias to what a layer gives for each roll, and {@code behind(x)} from what all such layers
     * give to logits.
     */
    String methods() {
      LayerScript layers = layers();
      StringBuilder text = new StringBuilder(transforms());
      text.append("  def behind(self: __torch__.Net, x: List[Tensor]) -> Tensor:\n");
      for (int k = 0; k < first.size(); k++) {
        text.append(read(first.get(k), "x[" + k + "]"));
      }
      String rest = "";
      for (int i : others) {
        rest = layers.write(i, i + 1); // all so far
      }
      int last = network.nodes().size() - 1;
      return text.append(rest).append("    return torch.to(v" + last + ", 6)\n").toString();
    }

    private String transforms() {
      return Text.of(
          """
            def spectrum(self: __torch__.Net, w: Tensor) -> Tensor:
              m = torch.reshape(torch.to(w, 7), [-1, %1$d, %2$d, %3$d])
              return torch.permute(torch.fft_rfft2(m, None, [-2, -1], None), [2, 3, 0, 1])
            def correlated(self: __torch__.Net, w: Tensor, m: Tensor, b: Tensor) -> Tensor:
              p = torch.matmul(w, torch.conj(torch.transpose(m, 2, 3)))
              s = torch.permute(torch.squeeze(p, 3), [2, 0, 1])
              r = torch.flatten(torch.fft_irfft2(s, [%2$d, %3$d], [-2, -1], None), 1, -1)
              return torch.add(torch.transpose(r, 0, 1), torch.to(b, 7))
          """,
          map.channels(), map.height(), map.width());
    }

    /** The mean over all rolls of maps {@code v}. */
    String mean() {
      StringBuilder spectra = new StringBuilder();
      List<String> given = new ArrayList<>();
      for (int i : first) {
        String name = network.nodes().get(i).name();
        String weight = InferenceScript.attribute(name + ".weight");
        String bias = InferenceScript.attribute(name + ".bias");
        spectra.append(Text.of("    w%d = self.spectrum(self.%s)\n", i, weight));
        given.add(Text.of("self.correlated(w%d, m, self.%s)", i, bias));
      }
      return spectra
          + Text.of(
              """
                  z = annotate(List[Tensor], [])
                  for i in range(torch.size(v, 0)):
                    m = self.spectrum(v[i])
                    y = self.behind([%s])
                    _ = torch.append(z, torch.mean(y, [0], True, dtype=None))
                  return torch.cat(z, 0)
              """,
              String.join(", ", given));
    }
  }
}
