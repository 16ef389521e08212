package org.whisker.torch;

import static org.whisker.torch.RelevanceScript.RuleStatements.line;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.TokenPlaces;
import org.whisker.value.Text;

/**
 * TorchScript for the relevance of position embeddings (Bakish et al., 2025, arXiv:2506.02138):
 * where constants by token are added, they have their share of the sum's relevance. That of each
 * token is spread evenly over the pixels of its patch; that of a class token is no pixel's.
 */
final class PositionRelevance {
  private final Network network;
  private final TokenPlaces tokens;
  private final List<Integer> added;

  PositionRelevance(Network network) {
    this.network = network;
    this.tokens = TokenPlaces.of(network);
    this.added =
        IntStream.range(0, network.nodes().size()).filter(this::isEmbedding).boxed().toList();
  }

  /** Whether a node adds constants by token of equal patches; those of pixels are a mean image. */
  private boolean isEmbedding(int node) {
    if (!tokens.isPermuted(node)) {
      return false;
    }
    FeatureShape grid = tokens.grid(node);
    FeatureShape picture = network.input();
    return grid.height() * grid.width() < picture.height() * picture.width()
        && picture.height() % grid.height() == 0
        && picture.width() % grid.width() == 0;
  }

  boolean isEmpty() {
    return added.isEmpty();
  }

  /** What is added to nodes, of which the derivatives are taken: zeros. */
  List<String> leaves() {
    return added.stream().map(PositionRelevance::leaf).toList();
  }

  private static String leaf(int node) {
    return "at" + node;
  }

  /** Adds the zeros to a node's value; no text for a node without an embedding. */
  String after(int node) {
    String v = "v" + node;
    return added.contains(node)
        ? line(leaf(node), "torch.requires_grad_(torch.zeros_like(%s), True)".formatted(v))
            + line(v, "torch.add(%s, %s)".formatted(v, leaf(node)))
        : "";
  }

  /**
   * Adds the relevances of the embeddings to {@code r}, of pictures x 1 x rows x columns.
   *
   * @param from the position of the first of them among the derivatives {@code g}
   */
  String sum(int from) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < added.size(); i++) {
      text.append(share(added.get(i), from + i));
    }
    return text.toString();
  }

  private String share(int node, int derivative) {
    FeatureShape grid = tokens.grid(node);
    FeatureShape picture = network.input();
    int[] places = tokens.places(node).orElseThrow();
    int[] order = new int[grid.height() * grid.width()];
    IntStream.range(0, places.length)
        .filter(token -> places[token] >= 0)
        .forEach(token -> order[places[token]] = token);
    int patch = picture.height() * picture.width() / order.length;
    String embedding =
        "self." + InferenceScript.attribute(network.nodes().get(node).name() + ".bias");
    String product = Text.of("torch.mul(%s, unchecked_cast(Tensor, g[%d]))", embedding, derivative);
    return line("p", "torch.flatten(torch.sum(%s, [1], True), 2, -1)".formatted(product))
        + line(
            "p",
            Text.of(
                "torch.index_select(p, 2, torch.tensor(%s, dtype=4, device=ops.prim.device(p)))",
                Arrays.toString(order)))
        + line(
            "p",
            Text.of("torch.reshape(p, [torch.size(p, 0), 1, %d, %d])", grid.height(), grid.width()))
        + line(
            "p",
            Text.of(
                "torch.upsample_nearest2d(torch.div(p, %d), [%d, %d], None, None)",
                patch, picture.height(), picture.width()))
        + line("r", "torch.add(r, p)");
  }
}
