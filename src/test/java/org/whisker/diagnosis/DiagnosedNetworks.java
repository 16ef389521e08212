package org.whisker.diagnosis;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.whisker.classifier.Architecture;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.Output;
import org.whisker.classifier.Preprocessing;
import org.whisker.classifier.StoredModel;
import org.whisker.diagnosis.Diagnosis.Cause;
import org.whisker.diagnosis.Scenes.Box;
import org.whisker.network.Activation;
import org.whisker.network.Layer;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Network.Node;
import org.whisker.network.Operation;
import org.whisker.network.Operation.Range;
import org.whisker.network.Window;
import org.whisker.network.Window.Axis;
import org.whisker.network.Window.Padding;
import org.whisker.weights.InitialWeights;
import org.whisker.weights.Weights;
import org.whisker.weights.Weights.Tensor;

/**
 * Ten small networks whose cause is known, with random weights: colour input of 32 pixels, three
 * convolutions, two of which halve the map.
 */
public final class DiagnosedNetworks {
  public static final int SIDE = 32;
  private static final int CHANNELS = 12;

  private DiagnosedNetworks() {}

  /** A network and the causes that are right of it; the first must be found. */
  public record Known(String name, StoredModel model, List<Cause> causes) {}

  /** Those that need no photos. */
  public static List<Known> all() {
    return List.of(
        known("zero", Padding.ZERO, DiagnosedNetworks::plain, Cause.PADDING),
        known("uneven", Padding.ZERO, DiagnosedNetworks::uneven, Cause.UNEVEN, Cause.PADDING),
        known("missing", Padding.CIRCULAR, DiagnosedNetworks::missing, Cause.MISSED),
        known("flattening", Padding.CIRCULAR, DiagnosedNetworks::flattening, Cause.HEAD),
        known("cropping", Padding.CIRCULAR, DiagnosedNetworks::cropping, Cause.CROP),
        known("circular", Padding.CIRCULAR, DiagnosedNetworks::plain),
        known("reflecting", Padding.REFLECT, DiagnosedNetworks::plain),
        known("harmless", Padding.ZERO, DiagnosedNetworks::harmless));
  }

  /** Others, with heads, paddings, crops and strides of other forms. */
  static List<Known> others() {
    return List.of(
        known("stem padded 2 and 3", Padding.ZERO, net -> stem(net, 7, 2, 3), Cause.UNEVEN),
        known("more zeros before", Padding.ZERO, net -> stem(net, 3, 1, 0), Cause.UNEVEN),
        known("zeros by a layer", Padding.ZERO, DiagnosedNetworks::padded, Cause.UNEVEN),
        known("zeros that none reads", Padding.ZERO, net -> stem(net, 2, 0, 1)),
        known("head as a convolution", Padding.CIRCULAR, DiagnosedNetworks::wide, Cause.HEAD),
        known("two linear layers", Padding.CIRCULAR, DiagnosedNetworks::perceptron, Cause.HEAD),
        known("a ninth is left", Padding.CIRCULAR, DiagnosedNetworks::ninth, Cause.CROP),
        known("split and strided", Padding.CIRCULAR, DiagnosedNetworks::split, Cause.MISSED),
        known("columns behind a layer", Padding.CIRCULAR, DiagnosedNetworks::columns, Cause.MISSED),
        known("columns of a map", Padding.CIRCULAR, DiagnosedNetworks::bottleneck, Cause.MISSED),
        known("shortcut", Padding.CIRCULAR, DiagnosedNetworks::residual),
        known("repeating", Padding.REPLICATE, DiagnosedNetworks::residual),
        known("shortcut with zeros", Padding.ZERO, DiagnosedNetworks::residual, Cause.PADDING),
        new Known("a head of columns", alongOneAxis(true), List.of(Cause.HEAD)),
        new Known("a head of rows", alongOneAxis(false), List.of(Cause.HEAD)),
        new Known("a value by position", positions(), List.of(Cause.HEAD)));
  }

  /** Values that rise from the first to the last position are added before the average. */
  private static StoredModel positions() {
    Builder net = new Builder();
    net.conv("a", Window.square(3, 2, 1));
    net.conv("b", Window.square(3, 2, 1));
    FeatureShape map = new FeatureShape(CHANNELS, SIDE / 4, SIDE / 4);
    net.add("places", new Operation.Shift(map));
    net.add("places.relu", Activation.relu());
    net.pooled();
    float[] values = new float[(int) map.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % (map.height() * map.width()) / 16f - 2;
    }
    Network network = net.network();
    Tensor places = Tensor.of(List.of(map.channels(), map.height(), map.width()), values);
    Weights weights =
        Weights.of(Map.of("places.bias", places)).over(InitialWeights.of(network.parameters(), 1));
    return model("positions", network, Padding.CIRCULAR, weights);
  }

  /** The weights of the head differ along one axis alone, of eight positions. */
  private static StoredModel alongOneAxis(boolean columns) {
    Builder net = new Builder();
    net.conv("a", Window.square(3, 2, 1));
    net.conv("b", Window.square(3, 2, 1));
    net.linear();
    Network network = net.network();
    int side = SIDE / 4;
    float[] weights = new float[CHANNELS * side * side];
    for (int i = 0; i < weights.length; i++) {
      int along = columns ? i % side : i / side % side;
      weights[i] = along == 2 ? 0.5f : -0.1f;
    }
    Tensor linear = Tensor.of(List.of(1, weights.length), weights);
    Weights all =
        Weights.of(Map.of("linear.weight", linear))
            .over(InitialWeights.of(network.parameters(), 1));
    return model("along-one-axis", network, Padding.CIRCULAR, all);
  }

  /** A network whose logit never changes. */
  static StoredModel constant() {
    Builder net = new Builder();
    net.conv("a", Window.square(3, 2, 1));
    net.pooled();
    Network network = net.network();
    Tensor linear = Tensor.of(List.of(1, CHANNELS), new float[CHANNELS]);
    Weights all =
        Weights.of(Map.of("linear.weight", linear))
            .over(InitialWeights.of(network.parameters(), 1));
    return model("constant", network, Padding.ZERO, all);
  }

  private static Known known(
      String name, Padding padding, Consumer<Builder> layers, Cause... causes) {
    Builder builder = new Builder();
    layers.accept(builder);
    String card = name.replace(' ', '-');
    return new Known(name, model(card, builder.network(), padding, 1), List.of(causes));
  }

  /** A model of random weights. */
  public static StoredModel model(String name, Network network, Padding padding, long seed) {
    return model(name, network, padding, InitialWeights.of(network.parameters(), seed));
  }

  public static StoredModel model(String name, Network network, Padding padding, Weights weights) {
    FeatureShape in = network.input();
    ModelCard card =
        new ModelCard(
            name,
            Architecture.imported(network),
            new ModelCard.Input(in.channels(), in.height(), in.width()),
            new Preprocessing(0.5f, 0.25f),
            Output.NOT_CAT_LOGIT,
            padding,
            null,
            null,
            ModelCard.WeightsFile.UNSAVED,
            Instant.EPOCH,
            "test");
    return new StoredModel(card, Path.of(""), weights);
  }

  private static void plain(Builder net) {
    net.conv("a", Window.square(3, 2, 1));
    net.conv("b", Window.square(3, 1, 1));
    net.conv("c", Window.square(3, 2, 1));
    net.conv("d", Window.square(3, 1, 1));
    net.conv("e", Window.square(3, 1, 1));
    net.pooled();
  }

  /** As TensorFlow pads: nothing above and left, one below and right. */
  private static void uneven(Builder net) {
    Axis axis = new Axis(5, 2, 1, 0, 3);
    net.conv("a", new Window(axis, axis));
    net.conv("b", new Window(axis, axis));
    net.conv("c", Window.square(3, 1, 1));
    net.pooled();
  }

  private static void missing(Builder net) {
    net.conv("a", Window.square(1, 2, 0));
    net.conv("b", Window.square(3, 1, 1));
    net.conv("c", Window.square(3, 2, 1));
    net.pooled();
  }

  private static void flattening(Builder net) {
    net.conv("a", Window.square(3, 1, 1));
    net.conv("b", Window.square(3, 2, 1));
    net.conv("c", Window.square(3, 2, 1));
    net.linear();
  }

  private static void cropping(Builder net) {
    Range within = new Range(4, SIDE - 4, 1);
    net.add("crop", new Operation.Cut(Range.all(3), within, within));
    plain(net);
  }

  /** Only the first layer is padded, so that one ring of its map knows of the border. */
  private static void harmless(Builder net) {
    net.conv("a", Window.square(3, 1, 1));
    net.conv("b", Window.square(3, 2, 0));
    net.conv("c", Window.square(3, 1, 0));
    net.pooled();
  }

  /** A stem with this padding on both axes; whatever follows is not padded. */
  private static void stem(Builder net, int kernel, int before, int after) {
    Axis axis = new Axis(kernel, 2, 1, before, after);
    net.conv("stem", new Window(axis, axis));
    net.conv("b", Window.square(3, 1, 0));
    net.conv("c", Window.square(3, 1, 0));
    net.pooled();
  }

  private static void padded(Builder net) {
    Operation.Pad.Sides behind = new Operation.Pad.Sides(0, 1);
    net.add(
        "pad", new Operation.Pad(Operation.Pad.Sides.NONE, behind, behind, Operation.Pad.Mode.OWN));
    net.conv("stem", Window.square(3, 2, 0));
    net.conv("b", Window.square(3, 1, 0));
    net.pooled();
  }

  /** The last convolution is as large as its map. */
  private static void wide(Builder net) {
    net.conv("a", Window.square(3, 2, 1));
    net.conv("b", Window.square(3, 2, 1));
    net.conv("head", Window.square(SIDE / 4, 1, 0));
    net.linear();
  }

  private static void perceptron(Builder net) {
    net.conv("a", Window.square(3, 2, 1));
    net.conv("b", Window.square(3, 2, 1));
    net.add("flatten", new Layer.Flatten());
    net.add("hidden", new Layer.Linear(CHANNELS * SIDE * SIDE / 16, 16));
    net.add("relu", Activation.relu());
    net.add("linear", new Layer.Linear(16, 1));
  }

  private static void ninth(Builder net) {
    Range within = new Range(10, 22, 1);
    net.add("crop", new Operation.Cut(Range.all(3), within, within));
    net.conv("a", Window.square(3, 1, 1));
    net.conv("b", Window.square(3, 2, 1));
    net.pooled();
  }

  /** A part of the channels is no crop. */
  private static void split(Builder net) {
    net.conv("a", Window.square(1, 4, 0));
    net.add(
        "part",
        new Operation.Cut(new Range(0, CHANNELS / 2, 1), Range.all(SIDE / 4), Range.all(SIDE / 4)));
    net.conv("b", Window.square(3, 1, 1));
    net.pooled();
  }

  /** Three of four columns are read. */
  private static void columns(Builder net) {
    net.conv("a", Window.square(3, 1, 1));
    net.conv("b", new Window(new Axis(1, 1, 0), new Axis(1, 4, 0)));
    net.conv("c", Window.square(3, 1, 1));
    net.pooled();
  }

  /** Its branches move by different steps, so that no receptive fields can be told. */
  static StoredModel stretched() {
    Builder net = new Builder();
    net.conv("a", Window.square(3, 1, 1));
    int from = net.last();
    net.conv("b", Window.square(3, 1, 0));
    net.add("resize", new Operation.Resize(SIDE, SIDE, Operation.Resize.Interpolation.LINEAR));
    net.add("sum", new Operation.Combine(Operation.Combine.Kind.ADD), from, net.last());
    net.pooled();
    return model("stretched", net.network(), Padding.ZERO, 1);
  }

  /** Both branches begin with a convolution of one pixel and stride 2, as in the first ResNets. */
  private static void bottleneck(Builder net) {
    net.conv("stem", Window.square(3, 1, 1));
    int from = net.last();
    net.add("a", new Layer.Conv(CHANNELS, CHANNELS, Window.square(1, 2, 0), true), from);
    net.add("a.relu", Activation.relu());
    net.conv("b", Window.square(3, 1, 1));
    int main = net.last();
    net.add("shortcut", new Layer.Conv(CHANNELS, CHANNELS, Window.square(1, 2, 0), true), from);
    net.add("sum", new Operation.Combine(Operation.Combine.Kind.ADD), main, net.last());
    net.pooled();
  }

  /** A convolution of one pixel and stride 2 beside two of nine, as in ResNet. */
  private static void residual(Builder net) {
    net.conv("stem", Window.square(3, 1, 1));
    int from = net.last();
    net.conv("a", Window.square(3, 2, 1));
    net.conv("b", Window.square(3, 1, 1));
    int main = net.last();
    net.add("shortcut", new Layer.Conv(CHANNELS, CHANNELS, Window.square(1, 2, 0), true), from);
    net.add("sum", new Operation.Combine(Operation.Combine.Kind.ADD), main, net.last());
    net.conv("c", Window.square(3, 1, 1));
    net.conv("d", Window.square(3, 1, 1));
    net.pooled();
  }

  /** The map that the head reads is that of a norm, which is folded into the convolution. */
  static StoredModel normed() {
    Builder net = new Builder();
    net.conv("a", Window.square(3, 2, 1));
    net.add("b", new Layer.Conv(CHANNELS, CHANNELS, Window.square(3, 2, 1), false));
    net.add("norm", new Layer.BatchNorm(CHANNELS, 1e-5));
    net.linear();
    return model("normed", net.network(), Padding.ZERO, 1);
  }

  /** Answers to a bright corner: a detector with weights set by hand, above and left. */
  public static StoredModel cornerDetector(int side, int mark) {
    return markDetector(side, new Box(0, 0, mark, mark), -0.2f);
  }

  /** Answers to a bright mark, by a weight that is set by hand. */
  static StoredModel markDetector(int side, Box mark, float weight) {
    return marksDetector(side, List.of(mark), weight);
  }

  static StoredModel marksDetector(int side, List<Box> marks, float weight) {
    Builder net = new Builder();
    net.add("flatten", new Layer.Flatten());
    net.add("linear", new Layer.Linear(3 * side * side, 1));
    Network network = net.network();
    float[] weights = new float[3 * side * side];
    Arrays.fill(weights, -0.0005f);
    for (Box mark : marks) {
      for (int row = 0; row < 3 * side; row++) {
        int y = row % side;
        if (y >= mark.top() && y < mark.bottom()) {
          int start = row * side;
          Arrays.fill(weights, start + mark.left(), start + mark.right(), weight);
        }
      }
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("linear.weight", Tensor.of(List.of(1, weights.length), weights));
    tensors.put("linear.bias", Tensor.of(List.of(1), 1));
    return model("corner", network, Padding.ZERO, Weights.of(tensors));
  }

  /** Answers to a part of the picture that is brighter than it mostly is, and a little to all. */
  static StoredModel brightDetector(int side, Box part) {
    Builder net = new Builder();
    net.add("flatten", new Layer.Flatten());
    net.add("hidden", new Layer.Linear(3 * side * side, 2));
    net.add("relu", Activation.relu());
    net.add("linear", new Layer.Linear(2, 1));
    float[] weights = new float[2 * 3 * side * side];
    Arrays.fill(weights, 3 * side * side, weights.length, 0.001f);
    for (int row = 0; row < 3 * side; row++) {
      int y = row % side;
      if (y >= part.top() && y < part.bottom()) {
        Arrays.fill(weights, row * side + part.left(), row * side + part.right(), 0.02f);
      }
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("hidden.weight", Tensor.of(List.of(2, 3 * side * side), weights));
    tensors.put("hidden.bias", Tensor.of(List.of(2), -5, 10));
    tensors.put("linear.weight", Tensor.of(List.of(1, 2), -1, -1));
    tensors.put("linear.bias", Tensor.of(List.of(1), 11));
    return model("bright", net.network(), Padding.ZERO, Weights.of(tensors));
  }

  /** Answers to red above green in a part of the picture, and to nothing else. */
  static StoredModel hueDetector(int side, Box mark) {
    Builder net = new Builder();
    net.linear();
    float[] weights = new float[3 * side * side];
    Arrays.fill(weights, -0.0005f);
    for (int y = mark.top(); y < mark.bottom(); y++) {
      Arrays.fill(weights, at(0, y, mark.left(), side), at(0, y, mark.right(), side), -0.2f);
      Arrays.fill(weights, at(1, y, mark.left(), side), at(1, y, mark.right(), side), 0.2f);
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("linear.weight", Tensor.of(List.of(1, weights.length), weights));
    tensors.put("linear.bias", Tensor.of(List.of(1), 1));
    return model("hue", net.network(), Padding.ZERO, Weights.of(tensors));
  }

  private static int at(int channel, int y, int x, int side) {
    return (channel * side + y) * side + x;
  }

  /** Layers one after another. */
  static final class Builder {
    private final List<Node> nodes = new ArrayList<>();

    Builder() {
      this(SIDE);
    }

    Builder(int side) {
      FeatureShape in = new FeatureShape(3, side, side);
      nodes.add(new Node("input", new Layer.Input(in), List.of(), in));
    }

    void add(String name, Layer layer) {
      add(name, layer, last());
    }

    void add(String name, Layer layer, Integer... from) {
      List<FeatureShape> in = Stream.of(from).map(at -> nodes.get(at).shape()).toList();
      nodes.add(new Node(name, layer, List.of(from), layer.output(in)));
    }

    int last() {
      return nodes.size() - 1;
    }

    FeatureShape shape() {
      return nodes.get(last()).shape();
    }

    void conv(String name, Window window) {
      int channels = nodes.get(nodes.size() - 1).shape().channels();
      add(name, new Layer.Conv(channels, CHANNELS, window, true));
      add(name + ".relu", Activation.relu());
    }

    void pooled() {
      add("average", new Layer.AdaptiveAvgPool(1));
      linear();
    }

    void linear() {
      add("flatten", new Layer.Flatten());
      add("linear", new Layer.Linear((int) nodes.get(nodes.size() - 1).shape().size(), 1));
    }

    Network network() {
      return new Network("known", nodes, Map.of(), Padding.ZERO);
    }
  }
}
