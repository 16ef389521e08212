package org.whisker.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.FeatureClassifier.Features;
import org.whisker.classifier.FeatureClassifier.Tokens;
import org.whisker.classifier.Preprocessing;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.PlacedMaps;
import org.whisker.network.TokenOperation;
import org.whisker.network.TokenPlaces;
import org.whisker.torch.RelevanceScript.RuleStatements;
import org.whisker.value.Checks;
import org.whisker.value.Text;

/**
 * Derivatives at the nodes of a network whose scoring module is loaded: compiled on first use,
 * sharing its tensors.
 */
final class FeatureModule implements AutoCloseable {
  private final Network network;
  private final FeatureScript script;
  private final TorchDevice device;
  private final TorchModule scoring;
  private @Nullable TorchModule loaded;
  private @Nullable TokenPlaces places;

  FeatureModule(
      Network network,
      Precision precision,
      Preprocessing preprocessing,
      TorchDevice device,
      TorchModule scoring) {
    this.network = network;
    this.script = new FeatureScript(network, precision, preprocessing);
    this.device = device;
    this.scoring = scoring;
  }

  FeatureShape shape(int node) {
    return tokens(node).isPresent() ? places().grid(node) : network.nodes().get(node).shape();
  }

  /** Whether the rows and columns of a node's map are places of the picture. */
  boolean hasPlaces(int node) {
    return PlacedMaps.of(network).has(node) || tokens(node).isPresent();
  }

  /** The positions of tokens in their row by place, of a map that is shown on their grid. */
  private Optional<int[]> tokens(int node) {
    if (!PlacedMaps.attends(network) || PlacedMaps.of(network).has(node)) {
      return Optional.empty();
    }
    return places()
        .places(node)
        .filter(all -> places().last().stream().anyMatch(last -> node <= last))
        .map(
            all -> {
              int[] tokens = new int[places().grid(node).height() * places().grid(node).width()];
              IntStream.range(0, all.length)
                  .filter(i -> all[i] >= 0)
                  .forEach(i -> tokens[all[i]] = i);
              return tokens;
            });
  }

  /** The attention of the network, where all is between the same tokens. */
  Optional<Tokens> attention() {
    if (!PlacedMaps.attends(network)) {
      return Optional.empty();
    }
    List<Integer> found = places().attentions();
    long all =
        network.nodes().stream()
            .filter(node -> node.layer() instanceof TokenOperation.RowSoftmax)
            .count();
    if (found.isEmpty()
        || found.size() < all
        || found.stream().map(at -> Arrays.hashCode(places().queries(at))).distinct().count() > 1) {
      return Optional.empty();
    }
    int first = found.get(0);
    return Optional.of(
        new Tokens(
            found.stream().map(at -> network.nodes().get(at).name()).toList(),
            Arrays.stream(places().queries(first)).boxed().toList(),
            places().grid(first)));
  }

  private synchronized TokenPlaces places() {
    TokenPlaces known = places;
    if (known == null) {
      known = TokenPlaces.of(network);
      places = known;
    }
    return known;
  }

  /**
   * The output of a node, and the derivative with respect to it of the outputs' sum weighted by w.
   */
  List<Features> features(NDManager scope, int node, NDArray x, NDArray w) {
    NDList found = module().record(scope, "features", x, scope.create(node), w);
    List<Features> features = new ArrayList<>();
    for (int i = 0; i < x.getShape().get(0); i++) {
      float[] activation = found.get(0).get(i).toFloatArray();
      float[] gradient = found.get(1).get(i).toFloatArray();
      int[] tokens = tokens(node).orElse(null);
      features.add(
          tokens == null
              ? new TorchFeatures(shape(node), activation, gradient)
              : new TorchFeatures(
                  shape(node), onGrid(node, tokens, activation), onGrid(node, tokens, gradient)));
    }
    return features;
  }

  private float[] onGrid(int node, int[] tokens, float[] values) {
    int channels = network.nodes().get(node).shape().channels();
    int each = values.length / channels;
    float[] onGrid = new float[channels * tokens.length];
    for (int i = 0; i < onGrid.length; i++) {
      onGrid[i] = values[i / tokens.length * each + tokens[i % tokens.length]];
    }
    return onGrid;
  }

  /**
   * The derivative with respect to x of one position of a node, summed over its channels with
   * weights.
   *
   * @throws IllegalArgumentException for a position outside the grid or a wrong number of weights
   */
  NDArray unit(NDManager scope, int node, int row, int column, float[] weights, NDArray x) {
    FeatureShape shape = shape(node);
    Checks.refuse(
        row < 0 || row >= shape.height() || column < 0 || column >= shape.width(),
        "row %d, column %d is not in feature maps of %s",
        row,
        column,
        shape);
    Checks.refuse(
        weights.length != shape.channels(),
        "feature maps of %s need %d weights, got %d",
        shape,
        shape.channels(),
        weights.length);
    FeatureShape own = network.nodes().get(node).shape();
    float[] all = new float[Math.toIntExact(own.size())];
    int plane = own.height() * own.width();
    int at = row * shape.width() + column;
    int position = tokens(node).map(tokens -> tokens[at]).orElse(at);
    for (int c = 0; c < weights.length; c++) {
      all[c * plane + position] = weights[c];
    }
    NDArray w = scope.create(all);
    return module().record(scope, "unit", x, scope.create(node), w).singletonOrThrow();
  }

  /** Threads may ask side by side. */
  private synchronized TorchModule module() {
    if (loaded == null) {
      TorchModule module = TorchModule.load(script.archive(), device.djl());
      module.share(scoring);
      loaded = module;
    }
    return loaded;
  }

  @Override
  public void close() {
    if (loaded != null) {
      loaded.close();
    }
  }

  /**
   * A TorchScript class that computes derivatives at a node k, an argument of its methods, so that
   * one script serves all nodes. It has no tensors of its own: {@code assign} keeps the tensors
   * passed to it. It is separate from {@link InferenceScript} because it is rarely needed, and
   * compiling it would double the time to open Inception-ResNet v2. Methods:
   *
   * <ul>
   *   <li>{@code features(x, k, w)}: node k's output, and the derivative with respect to it of the
   *       outputs' sum weighted by w. Readers of node k read a leaf instead, so nothing before it
   *       is recorded.
   *   <li>{@code unit(x, k, w)}: the derivative with respect to x of the sum of node k's output
   *       weighted by w, one weight per channel, row and column.
   * </ul>
   */
  private static final class FeatureScript {
    private final Network network;
    private final Precision precision;
    private final Preprocessing preprocessing;

    FeatureScript(Network network, Precision precision, Preprocessing preprocessing) {
      this.network = network;
      this.precision = precision;
      this.preprocessing = preprocessing;
    }

    byte[] archive() {
      return TorchScriptArchive.write(
          InferenceScript.attributes(network),
          RuleStatements.assign(network) + features() + unit());
    }

    private String features() {
      return "  def features(self: __torch__.Net, x: Tensor, k: Tensor, w: Tensor) ->"
          + " List[Tensor]:\n"
          + "    node = int(k)\n"
          + "    leaf = x\n"
          + body(
              i ->
                  Text.of(
                      """
                          if torch.eq(node, %1$d):
                            leaf = torch.requires_grad_(torch.detach(v%1$d), True)
                            v%1$d = leaf
                      """,
                      i))
          + Text.of("    z = torch.sum(torch.mul(v%d, w))\n", network.nodes().size() - 1)
          + "    g = torch.grad([z], [leaf], None, None, False, False)\n"
          + "    d = unchecked_cast(Tensor, g[0])\n"
          + "    return [torch.to(torch.detach(leaf), 6), torch.to(d, 6)]\n";
    }

    private String unit() {
      return "  def unit(self: __torch__.Net, image: Tensor, k: Tensor, w: Tensor) -> Tensor:\n"
          + "    node = int(k)\n"
          + "    x = torch.requires_grad_(torch.detach(image), True)\n"
          + "    found = x\n"
          + body(
              i ->
                  Text.of(
                      """
                          if torch.eq(node, %1$d):
                            found = v%1$d
                            v%1$d = torch.detach(v%1$d)
                      """,
                      i))
          + "    u = torch.sum(torch.mul(torch.flatten(torch.to(found, 6), 1, -1), w))\n"
          + "    g = torch.grad([u], [x], None, None, False, False)\n"
          + "    return unchecked_cast(Tensor, g[0])\n";
    }

    private String body(IntFunction<String> after) {
      return InferenceScript.preprocess(network, preprocessing)
          + LayerScript.inference(network, precision, RuleStatements.all(network)).write(after);
    }
  }

  /** One picture's feature maps and gradients, channels × rows × columns in one array each. */
  private static final class TorchFeatures implements Features {
    private final FeatureShape shape;
    private final float[] activation;
    private final float[] gradient;

    TorchFeatures(FeatureShape shape, float[] activation, float[] gradient) {
      this.shape = shape;
      this.activation = activation;
      this.gradient = gradient;
    }

    @Override
    public FeatureShape shape() {
      return shape;
    }

    @Override
    public float activation(int channel, int y, int x) {
      return activation[index(channel, y, x)];
    }

    @Override
    public float gradient(int channel, int y, int x) {
      return gradient[index(channel, y, x)];
    }

    private int index(int channel, int y, int x) {
      Objects.checkIndex(channel, shape.channels());
      Objects.checkIndex(y, shape.height());
      Objects.checkIndex(x, shape.width());
      return (channel * shape.height() + y) * shape.width() + x;
    }
  }
}
