package org.whisker.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.whisker.network.Layer.Parameter;
import org.whisker.network.Window.Padding;

/**
 * An immutable graph of layers, in topological order. The first node is the image, the last one the
 * output. Shapes, tensors and multiply-adds are derived from it without running it.
 *
 * @param name the architecture's name
 * @param nodes each reads only nodes before it
 * @param stages named stages of the architecture: the position of the node that holds that stage's
 *     output
 * @param padding the padding of every padded convolution
 */
public record Network(String name, List<Node> nodes, Map<String, Integer> stages, Padding padding) {
  public Network {
    nodes = List.copyOf(nodes);
    // sorted, since the iteration order of Map.copyOf differs between processes
    stages = Collections.unmodifiableSortedMap(new TreeMap<>(stages));
    if (nodes.size() < 2 || !(nodes.get(0).layer() instanceof Layer.Input)) {
      throw new IllegalArgumentException("a network begins with its input and has a layer");
    }
  }

  public FeatureShape input() {
    return nodes.get(0).shape();
  }

  public Node output() {
    return nodes.get(nodes.size() - 1);
  }

  /** Every tensor, in the order of the layers. */
  public List<Parameter> parameters() {
    return nodes.stream().flatMap(n -> n.parameters().stream()).toList();
  }

  /** The number of parameters that are trained by gradient descent. */
  public long trainedSize() {
    return parameters().stream().filter(p -> p.role().trained()).mapToLong(Parameter::size).sum();
  }

  /** Multiply-adds of one forward pass of one image. */
  public long multiplyAdds() {
    return nodes.stream().mapToLong(Node::multiplyAdds).sum();
  }

  /**
   * The position of the node called {@code name}, or of the stage of that name.
   *
   * @throws IllegalArgumentException if there is none; the message lists the stages
   */
  public int position(String name) {
    Integer stage = stages.get(name);
    if (stage != null) {
      return stage;
    }
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i).name().equals(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        "no layer " + name + " in " + this.name + "; stages: " + stages.keySet());
  }

  /**
   * The position of the last feature map: the input of the head (pooling or flattening). A pooling
   * whose result is joined again with a map before it, as in squeeze-and-excitation, is no head,
   * nor is one before a window of several positions.
   */
  public int lastFeatureMap() {
    int earliest = nodes.size();
    int head = -1;
    for (int i = nodes.size() - 1; i > 0; i--) {
      Node node = nodes.get(i);
      if (head >= 0 && readsSeveral(node)) {
        return head;
      }
      if (earliest >= i && pools(node)) {
        head = node.inputs().get(0);
      }
      earliest = node.inputs().stream().reduce(earliest, Math::min);
    }
    return head < 0 ? nodes.size() - 1 : head;
  }

  /** Whether the later nodes read nothing before this one. */
  public boolean separates(int position) {
    return nodes.stream()
        .skip(position + 1L)
        .flatMap(node -> node.inputs().stream())
        .allMatch(i -> i >= position);
  }

  /**
   * The position of the map that the head reads: {@link #lastFeatureMap}, or, where that has a
   * single position made by a convolution as large as the map before it, that map. Such a
   * convolution is a linear layer of the flattened map. Values that are added by position right
   * before the head belong to it, too.
   */
  public int headMap() {
    return beforeShifts(beforeWideConvolution(lastFeatureMap()));
  }

  private int beforeWideConvolution(int last) {
    int at = last;
    while (at > 0 && isSingle(at) && nodes.get(at).inputs().size() == 1) {
      int before = nodes.get(at).inputs().get(0);
      if (!isSingle(before)) {
        return nodes.get(at).layer() instanceof Layer.Conv conv
                && !conv.window().padded()
                && conv.window().rows().extent() == nodes.get(before).shape().height()
                && conv.window().columns().extent() == nodes.get(before).shape().width()
            ? before
            : last;
      }
      at = before;
    }
    return last;
  }

  /** The map before what is added by position, if only work within positions is done behind. */
  private int beforeShifts(int last) {
    int head = last;
    for (int at = last; isWithinPositions(at); at = nodes.get(at).inputs().get(0)) {
      if (nodes.get(at).layer() instanceof Operation.Shift) {
        head = nodes.get(at).inputs().get(0);
      }
    }
    return head;
  }

  private boolean isWithinPositions(int position) {
    Layer layer = nodes.get(position).layer();
    return layer instanceof Operation.Shift
        || layer instanceof Activation
        || layer instanceof Layer.BatchNorm
        || layer instanceof Layer.Dropout
        || (layer instanceof Layer.Conv conv && conv.window().equals(Window.square(1, 1, 0)));
  }

  private boolean isSingle(int position) {
    return isSingle(nodes.get(position).shape());
  }

  private static boolean isSingle(FeatureShape shape) {
    return shape.height() == 1 && shape.width() == 1;
  }

  /** Whether a window reads several positions of a map, and makes a map of them. */
  private static boolean readsSeveral(Node node) {
    FeatureShape shape = node.shape();
    return (shape.height() > 1 || shape.width() > 1)
        && Window.of(node.layer()).filter(window -> window.size() > 1).isPresent();
  }

  private boolean pools(Node node) {
    return node.layer() instanceof Layer.AdaptiveAvgPool
        || node.layer() instanceof Layer.Flatten
        || (node.layer() instanceof Operation.Reduce reduce
            && reduce.over() == Operation.Reduce.Over.POSITIONS)
        || (node.layer() instanceof Operation.Cut && isSingle(node.shape()) && takesOne(node))
        || (node.layer() instanceof Operation.Rearrange r
            && r.shape().height() == 1
            && r.shape().width() == 1);
  }

  /** Whether all channels of one of several positions are taken, such as a class token. */
  private boolean takesOne(Node node) {
    FeatureShape from = nodes.get(node.inputs().get(0)).shape();
    return !isSingle(from) && from.channels() == node.shape().channels();
  }

  /** Whether one channel can stand for equal ones: only convolutions of all channels read them. */
  public boolean canBeGray() {
    return nodes.stream()
        .filter(node -> node.inputs().contains(0))
        .allMatch(node -> node.layer() instanceof Layer.Conv conv && conv.groups() == 1);
  }

  /** The layers up to a position, whose output becomes the network's. */
  Network upTo(int position) {
    Map<String, Integer> before = new TreeMap<>(stages);
    before.values().removeIf(stage -> stage > position);
    return new Network(name, nodes.subList(0, position + 1), before, padding);
  }

  /** A name for new layers: this one, or, where layers have it, or begin with it, one like it. */
  public String freeName(String wanted) {
    boolean taken = nodes.stream().anyMatch(node -> (node.name() + ".").startsWith(wanted + "."));
    return taken ? freeName(wanted + "_") : wanted;
  }

  /** A copy with one more layer after the output. */
  public Network withLast(String layerName, Layer layer) {
    List<Node> longer = new ArrayList<>(nodes);
    FeatureShape shape = layer.output(List.of(output().shape()));
    longer.add(new Node(layerName, layer, List.of(nodes.size() - 1), shape));
    return new Network(name, longer, stages, padding);
  }

  /**
   * Returns the same layers and tensors with another padding.
   *
   * @throws IllegalArgumentException for a map that is too small to be reflected or wrapped
   */
  public Network withPadding(Padding other) {
    nodes.forEach(node -> checkRoom(node, other));
    return new Network(name, nodes, stages, other);
  }

  /** Returns the same layers for an input of one channel; only the first convolution changes. */
  public Network withGrayInput() {
    List<Node> gray = nodes.stream().map(Network::behindOneChannel).toList();
    return new Network(name, gray, stages, padding);
  }

  private static Node behindOneChannel(Node node) {
    if (node.layer() instanceof Layer.Input) {
      FeatureShape shape = new FeatureShape(1, node.shape().height(), node.shape().width());
      return new Node(node.name(), new Layer.Input(shape), node.inputs(), shape);
    }
    if (node.inputs().contains(0) && node.layer() instanceof Layer.Conv conv) {
      // whatever its groups: all channels are the same
      Layer first = new Layer.Conv(1, conv.out(), conv.window(), conv.bias());
      return new Node(node.name(), first, node.inputs(), node.shape());
    }
    return node;
  }

  private void checkRoom(Node node, Padding other) {
    if (node.layer() instanceof Operation.Pad pad && pad.mode() == Operation.Pad.Mode.OWN) {
      checkRoom(node, other, pad.rows().most(), pad.columns().most());
    }
    Window.of(node.layer())
        .ifPresent(w -> checkRoom(node, other, w.rows().padding(), w.columns().padding()));
  }

  private void checkRoom(Node node, Padding other, int rows, int columns) {
    FeatureShape in =
        node.inputs().isEmpty() ? node.shape() : nodes.get(node.inputs().get(0)).shape();
    if (!other.fits(rows, in.height()) || !other.fits(columns, in.width())) {
      throw new IllegalArgumentException(
          "%s sees only %s: too small to %s; take a larger input"
              .formatted(node.name(), in, other == Padding.REFLECT ? "reflect" : "wrap"));
    }
  }

  /**
   * One layer at its position in a network.
   *
   * @param name dotted, unique in its network; its tensors' names begin with it
   * @param inputs positions, in the network's list, of the nodes that it reads
   * @param shape the shape of its output, for one image
   */
  public record Node(String name, Layer layer, List<Integer> inputs, FeatureShape shape) {
    public Node {
      inputs = List.copyOf(inputs);
    }

    public List<Parameter> parameters() {
      return layer.parameters(name);
    }

    public long multiplyAdds() {
      return layer.multiplyAdds(shape);
    }
  }

  /**
   * The shape of a tensor passed between layers, without the batch dimension; a vector is {@code n
   * x 1 x 1}.
   */
  public record FeatureShape(int channels, int height, int width) {
    public FeatureShape {
      if (channels < 1 || height < 1 || width < 1) {
        throw new IllegalArgumentException(
            "nothing is left of the image: " + channels + "x" + height + "x" + width);
      }
    }

    public static FeatureShape vector(int length) {
      return new FeatureShape(length, 1, 1);
    }

    public long size() {
      return (long) channels * height * width;
    }

    @Override
    public String toString() {
      return channels + "x" + height + "x" + width;
    }
  }
}
