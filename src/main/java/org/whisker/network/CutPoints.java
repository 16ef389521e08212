package org.whisker.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Network.Node;

/**
 * The nodes at which a network can be cut in two: what follows reads that one map and nothing
 * before it, so that the network is a function of it.
 *
 * @param names the names of the layer or stage at each position
 * @param positions the positions of the nodes, ascending
 */
public record CutPoints(List<String> names, List<Integer> positions) {
  /** Why a network can't be cut before its head. */
  public static final String NO_HEAD =
      "the head reads more than the last feature map, or tokens without places";

  private static final int MOST_TOKENS = 16;

  public CutPoints {
    names = List.copyOf(names);
    positions = List.copyOf(positions);
  }

  /** Whether the nodes behind read nothing before it. */
  public static boolean isCut(Network network, int position) {
    return network.nodes().stream()
        .skip(position + 1L)
        .flatMap(node -> node.inputs().stream())
        .allMatch(input -> input >= position);
  }

  /**
   * Whether the logit follows from the map that the head reads, which is not the logit itself, and
   * has rows and columns of the picture.
   */
  public static boolean isHeadCut(Network network) {
    int head = network.headMap();
    return isCut(network, head)
        && head < network.nodes().size() - 1
        && PlacedMaps.of(network).has(head);
  }

  /**
   * The first one of each size of maps, at the end of a stage where the network has stages, the map
   * that the head reads, and the last feature map: every pooling of VGG-16, the ends of blocks of
   * Inception-ResNet v2.
   */
  public static CutPoints of(Network network) {
    Map<Integer, String> stages = new HashMap<>();
    network.stages().forEach((name, position) -> stages.put(position, name));
    int last = network.lastFeatureMap();
    int head = network.headMap();
    Set<List<Integer>> sizes = new HashSet<>(Set.of(size(network.input())));
    List<String> names = new ArrayList<>();
    List<Integer> positions = new ArrayList<>();
    PlacedMaps places = PlacedMaps.of(network);
    for (int i = 1; i <= last; i++) {
      Node node = network.nodes().get(i);
      boolean end = stages.isEmpty() || stages.containsKey(i);
      boolean isNew =
          end
              && places.has(i)
              && isCut(network, i)
              && !isFlat(network, i)
              && sizes.add(size(node.shape()));
      boolean isLast = (i == last || i == head) && isCut(network, i);
      if (places.has(i) && (isNew || isLast)) {
        names.add(stages.getOrDefault(i, node.name()));
        positions.add(i);
      }
    }
    return new CutPoints(names, positions);
  }

  /**
   * Where the blocks of a transformer end, and where it adds its embedding: maps of tokens, at most
   * {@value #MOST_TOKENS}, evenly spread, the last among them. None where nothing attends.
   */
  public static CutPoints ofTokens(Network network) {
    if (!PlacedMaps.attends(network)) {
      return new CutPoints(List.of(), List.of());
    }
    TokenPlaces places = TokenPlaces.of(network);
    List<Integer> all =
        IntStream.range(1, network.nodes().size())
            .filter(at -> isSum(network.nodes().get(at).layer()))
            .filter(at -> places.places(at).map(tokens -> tokens.length > 1).orElse(false))
            .filter(at -> isCut(network, at))
            .boxed()
            .toList();
    int n = Math.min(MOST_TOKENS, all.size());
    List<Integer> some =
        IntStream.rangeClosed(1, n).mapToObj(i -> all.get(all.size() * i / n - 1)).toList();
    return new CutPoints(some.stream().map(at -> network.nodes().get(at).name()).toList(), some);
  }

  private static boolean isSum(Layer layer) {
    return layer instanceof Layer.ScaledAdd
        || layer instanceof Operation.Shift
        || layer.equals(new Operation.Combine(Operation.Combine.Kind.ADD));
  }

  /** Whether a vector has no rows and columns when the network runs. */
  private static boolean isFlat(Network network, int position) {
    Node node = network.nodes().get(position);
    return node.layer() instanceof Layer.Flatten
        || node.layer() instanceof Layer.Linear
        || (!(node.layer() instanceof Layer.Conv)
            && !(node.layer() instanceof Operation.Rearrange)
            && !node.inputs().isEmpty()
            && isFlat(network, node.inputs().get(0)));
  }

  private static List<Integer> size(FeatureShape shape) {
    return List.of(shape.height(), shape.width());
  }

  /**
   * A network split before its last linear layer: {@code classifier.6} of a VGG-16 ({@code
   * classifier} of one with a pooled head), {@code classif} of an Inception-ResNet v2. A dropout
   * directly before that layer belongs to the head.
   *
   * @param backbone all layers up to a vector of features
   * @param head the rest; its input, the features, is a picture of one row (1 × 1 × n)
   */
  public record HeadSplit(Network backbone, Network head) {
    /**
     * Splits a network.
     *
     * @throws IllegalArgumentException if its last layer is not linear
     */
    public static HeadSplit of(Network network) {
      List<Node> nodes = network.nodes();
      int last = nodes.size() - 1;
      if (!(nodes.get(last).layer() instanceof Layer.Linear)) {
        throw new IllegalArgumentException(
            network.name() + " ends in " + nodes.get(last).name() + ", not in a linear layer");
      }
      int features = nodes.get(last).inputs().get(0);
      if (nodes.get(features).layer() instanceof Layer.Dropout) {
        features = nodes.get(features).inputs().get(0);
      }
      Network body = network.upTo(features);
      Network backbone =
          new Network(network.name() + " backbone", body.nodes(), body.stages(), body.padding());
      return new HeadSplit(backbone, behind(network, features));
    }

    private static Network behind(Network network, int position) {
      List<Node> nodes = network.nodes();
      int length = Math.toIntExact(nodes.get(position).shape().size());
      NetworkBuilder head = new NetworkBuilder(new FeatureShape(1, 1, length));
      int at = head.add("features", new Layer.Flatten(), head.input());
      for (Node node : nodes.subList(position + 1, nodes.size())) {
        at = head.add(node.name(), node.layer(), at);
      }
      return head.build(network.name() + " head");
    }
  }
}
