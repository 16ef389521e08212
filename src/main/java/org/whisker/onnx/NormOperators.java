package org.whisker.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.whisker.network.Activation;
import org.whisker.network.Layer;
import org.whisker.network.Operation;
import org.whisker.network.TokenOperation;
import org.whisker.onnx.graph.GraphNode;
import org.whisker.value.Checks;
import org.whisker.weights.Weights.Tensor;

/** Norms, and softmax. */
record NormOperators(Scope scope, GraphNode node) {
  private static final long LARGEST = 1 << 16;

  static List<Operator> all() {
    return List.of(
        of("BatchNormalization", NormOperators::batchNorm)
            .mend("export it in evaluation mode, as model.eval() does")
            .limits("with known statistics")
            .computes(in -> new KnownNorm(in.x(), true).of(in))
            .writes(
                Layer.BatchNorm.class,
                (to, norm) ->
                    to.node(
                        "BatchNormalization",
                        to.withTensors(to.x()),
                        NodeWriter.with("epsilon", norm.eps()))),
        of("InstanceNormalization", NormOperators::instanceNorm)
            .computes(in -> new KnownNorm(in.x(), false).of(in))
            .writes(Operation.GroupNorm.class, NormOperators::writeGroupNorm),
        of("GroupNormalization", NormOperators::groupNorm).since(18),
        of("LayerNormalization", NormOperators::layerNorm)
            .since(17)
            .writes(Operation.ChannelNorm.class, NormOperators::writeChannelNorm),
        of("LRN", NormOperators::responseNorm)
            .writes(
                Operation.ResponseNorm.class,
                (to, norm) ->
                    to.node(
                        "LRN",
                        to.x(),
                        NodeWriter.with("size", (long) norm.size()),
                        NodeWriter.with("alpha", norm.alpha()),
                        NodeWriter.with("beta", norm.beta()),
                        NodeWriter.with("bias", norm.bias()))),
        of("Softmax", NormOperators::softmax)
            .limits("over one dimension")
            .writes(
                Operation.Softmax.class,
                (to, softmax) -> to.node("Softmax", to.x(), NodeWriter.with("axis", 1L)))
            .writes(
                TokenOperation.RowSoftmax.class,
                (to, softmax) -> to.node("Softmax", to.x(), NodeWriter.with("axis", 3L))),
        of("LogSoftmax", NormOperators::logSoftmax).limits("over one dimension"));
  }

  private static Operator of(String name, Function<NormOperators, View> reader) {
    return Operator.named(name)
        .reads((scope, node) -> List.of(reader.apply(new NormOperators(scope, node))));
  }

  private View x() {
    return scope.view(node, 0);
  }

  private View channels(int dimension) {
    if (dimension >= x().rank()) {
      throw new IllegalArgumentException(
          "a tensor of shape " + Arrays.toString(x().shape()) + " has no channels");
    }
    return scope.layout().channels(x(), dimension);
  }

  private View batchNorm() {
    Checks.refuse(
        node.integer("training_mode", 0) == 1 || node.integer("spatial", 1) == 0,
        "it computes statistics of its batch; export the model in evaluation mode");
    View x = channels(1);
    int channels = x.axisSize(View.CHANNELS);
    Map<String, Tensor> tensors =
        Map.of(
            "weight", Constant.vectorOf(scope.constant(node, 1), channels, "a scale"),
            "bias", Constant.vectorOf(scope.constant(node, 2), channels, "a shift"),
            "running_mean", Constant.vectorOf(scope.constant(node, 3), channels, "a mean"),
            "running_var", Constant.vectorOf(scope.constant(node, 4), channels, "a variance"));
    Layer layer = new Layer.BatchNorm(channels, node.number("epsilon", 1e-5f));
    return x.of(scope.draft().add(layer, tensors, x.node()));
  }

  /**
   * Reads an instance norm, whose channels may be groups of a map's channels: so PyTorch writes
   * group norm.
   */
  private View instanceNorm() {
    View x = x();
    int groups = x.shape()[1];
    List<View.Factor> all = x.factors(1, x.rank());
    if (!all.equals(x.whole(View.CHANNELS, View.ROWS, View.COLUMNS))) {
      x =
          x.rank() == 3
              ? scope.layout().arranged(x, List.of(1), List.of(), List.of(2))
              : scope.layout().map(x);
    }
    int channels = x.axisSize(View.CHANNELS);
    if (x.dims().get(1).stream().anyMatch(f -> f.axis() != View.CHANNELS)) {
      throw new IllegalArgumentException(
          "a norm of " + Arrays.toString(x.shape()) + " is none of groups of channels");
    }
    return grouped(
        x,
        groups,
        repeated(scope.constant(node, 1), channels),
        repeated(scope.constant(node, 2), channels));
  }

  private View groupNorm() {
    View x = scope.layout().map(x());
    int channels = x.axisSize(View.CHANNELS);
    int groups = Math.toIntExact(node.integer("num_groups", 1));
    return grouped(
        x,
        groups,
        repeated(scope.constant(node, 1), channels),
        repeated(scope.constant(node, 2), channels));
  }

  private View grouped(View x, int groups, Tensor weight, Tensor bias) {
    int channels = x.axisSize(View.CHANNELS);
    Checks.refuse(
        groups < 1 || channels % groups != 0, "%s channels are not in %s groups", channels, groups);
    Layer layer = new Operation.GroupNorm(groups, channels, node.number("epsilon", 1e-5f));
    return x.of(
        scope
            .draft()
            .add(layer, Map.of("weight", weight, "bias", bias), scope.draft().map(x.node())));
  }

  /** One number for each group, for all its channels. */
  private static Tensor repeated(Constant values, int channels) {
    if (values.size() == 0 || channels % values.size() != 0) {
      throw new IllegalArgumentException(values.size() + " values for " + channels + " channels");
    }
    double[] each = new double[channels];
    for (int c = 0; c < channels; c++) {
      each[c] = values.number(c / (channels / values.size()));
    }
    return Constant.tensor(each);
  }

  private View layerNorm() {
    int axis = Shapes.axis(node.integer("axis", -1), x().rank());
    double eps = node.number("epsilon", 1e-5f);
    Constant scale = scope.constant(node, 1);
    Constant bias = scope.optional(node, 2);
    List<View.Factor> normed = x().factors(axis, x().rank());
    if (axis == x().rank() - 1) {
      return channelNorm(channels(axis), eps, scale, bias);
    } else if (normed.equals(x().whole(View.CHANNELS, View.ROWS, View.COLUMNS))) {
      return overAll(eps, scale, bias);
    }
    int[] one = Arrays.copyOf(x().shape(), axis + 1);
    one[axis] = (int) Constant.size(Arrays.copyOfRange(x().shape(), axis, x().rank()));
    View line = scope.layout().channels(scope.layout().reshaped(x(), one), axis);
    return scope.layout().reshaped(channelNorm(line, eps, scale, bias), x().shape());
  }

  private View channelNorm(View x, double eps, Constant scale, @Nullable Constant bias) {
    int channels = x.axisSize(View.CHANNELS);
    Tensor shift =
        bias == null ? Constant.filled(channels, 0) : Constant.vectorOf(bias, channels, "a shift");
    Map<String, Tensor> tensors =
        Map.of("weight", Constant.vectorOf(scale, channels, "a scale"), "bias", shift);
    return x.of(scope.draft().add(new Operation.ChannelNorm(channels, eps), tensors, x.node()));
  }

  private View overAll(double eps, Constant scale, @Nullable Constant bias) {
    View x = x();
    int channels = x.axisSize(View.CHANNELS);
    Tensor ones = Constant.filled(channels, 1);
    Tensor zeros = Constant.filled(channels, 0);
    Layer layer = new Operation.GroupNorm(1, channels, eps);
    View normed =
        x.of(
            scope
                .draft()
                .add(layer, Map.of("weight", ones, "bias", zeros), scope.draft().map(x.node())));
    Broadcast by = Broadcast.perChannel(scope, normed, scale);
    View scaled =
        by.view().of(scope.draft().affine(by.view().node(), by.values(), new double[] {0}));
    if (bias == null) {
      return scaled;
    }
    Broadcast plus = Broadcast.perChannel(scope, scaled, bias);
    return plus.view()
        .of(scope.draft().affine(plus.view().node(), new double[] {1}, plus.values()));
  }

  private View responseNorm() {
    View x = channels(1);
    long size = node.integer("size", 1);
    Checks.refuse(size < 1 || size > LARGEST, "a size of %s", size);
    Layer layer =
        new Operation.ResponseNorm(
            (int) size,
            node.number("alpha", 1e-4f),
            node.number("beta", 0.75),
            node.number("bias", 1));
    return x.of(scope.draft().add(layer, scope.draft().map(x.node())));
  }

  /** Reads a softmax; before opset 13, all dimensions from the axis on are one. */
  private View softmax() {
    boolean coerced = scope.opset() < 13;
    int axis = Shapes.axis(node.integer("axis", coerced ? 1 : -1), x().rank());
    View x = x();
    if (coerced) {
      List<Integer> large = new ArrayList<>();
      for (int i = axis; i < x.rank(); i++) {
        if (x.shape()[i] > 1) {
          large.add(i);
        }
      }
      Checks.refuse(large.size() > 1, "a softmax over several dimensions can't be read");
      axis = large.isEmpty() ? axis : large.get(0);
    }
    return softmax(scope, x, axis);
  }

  /** A softmax over a dimension: the columns of its map, or what becomes the channels. */
  static View softmax(Scope scope, View x, int axis) {
    if (Layout.axis(x, axis) == View.COLUMNS) {
      return x.of(scope.draft().add(new TokenOperation.RowSoftmax(), x.node()));
    }
    View by = scope.layout().channels(x, axis);
    return by.of(scope.draft().add(new Operation.Softmax(), by.node()));
  }

  private View logSoftmax() {
    View soft = softmax();
    return ActivationOperators.function(scope, soft, "log", Activation.of(Activation.Kind.LOG));
  }

  private static String writeChannelNorm(LayerWriter to, Operation.ChannelNorm norm) {
    String last =
        to.vector()
            ? to.x()
            : to.node("Transpose", to.x(), NodeWriter.with("perm", new long[] {0, 2, 3, 1}));
    String normed =
        to.node(
            "LayerNormalization",
            to.withTensors(last),
            NodeWriter.with("axis", -1L),
            NodeWriter.with("epsilon", norm.eps()));
    return to.vector()
        ? normed
        : to.node("Transpose", normed, NodeWriter.with("perm", new long[] {0, 3, 1, 2}));
  }

  private static String writeGroupNorm(LayerWriter to, Operation.GroupNorm norm) {
    List<String> tensors = to.tensors();
    double[] ones = new double[norm.groups()];
    Arrays.fill(ones, 1);
    String groups = to.node("Reshape", List.of(to.x(), to.integers(0, norm.groups(), -1)));
    String normed =
        to.node(
            "InstanceNormalization",
            List.of(
                groups,
                to.floats(new long[] {norm.groups()}, ones),
                to.floats(new long[] {norm.groups()}, new double[norm.groups()])),
            NodeWriter.with("epsilon", norm.eps()));
    String back =
        to.vector()
            ? to.node("Reshape", List.of(normed, to.integers(-1, norm.channels())))
            : ShapeOperators.writeShaped(to, normed, to.from());
    String scaled = to.node("Mul", List.of(back, to.perChannel(tensors.get(0))));
    return to.node("Add", List.of(scaled, to.perChannel(tensors.get(1))));
  }

  /**
   * Norms of known tensors: standardised weights (Qiao et al. 2019, arXiv 1903.10520) are written
   * as a batch norm, or an instance norm, of the weights of a convolution.
   */
  private static final class KnownNorm {
    private final Constant x;
    private final int channels;
    private final int inner;
    private final boolean batch;

    /**
     * @param batch whether statistics are of a channel of all pictures, not of each
     */
    KnownNorm(Constant x, boolean batch) {
      int[] shape = x.shape();
      Checks.refuse(shape.length < 2, "a norm of a tensor of shape %s", Arrays.toString(shape));
      this.x = x;
      this.channels = shape[1];
      this.inner = (int) Constant.size(Arrays.copyOfRange(shape, 2, shape.length));
      this.batch = batch;
    }

    Constant of(Operator.KnownNode in) {
      boolean known = batch && in.node().integer("training_mode", 0) == 0;
      double[] mean = known ? given(in.at(3)) : means(x::number);
      double[] variance = known ? given(in.at(4)) : means(i -> squared(i, mean));
      double epsilon = in.node().number("epsilon", 1e-5f);
      Arrays.setAll(variance, g -> variance[g] + epsilon);
      return normed(mean, variance, in.at(1), in.at(2));
    }

    private int channel(int i) {
      return i / inner % channels;
    }

    /** The elements that share a mean and a variance. */
    private int group(int i) {
      return batch ? channel(i) : i / inner;
    }

    private double[] means(IntToDoubleFunction value) {
      double[] means = new double[batch ? channels : x.size() / inner];
      for (int i = 0; i < x.size(); i++) {
        means[group(i)] += value.applyAsDouble(i);
      }
      double each = (double) x.size() / means.length;
      Arrays.setAll(means, g -> means[g] / each);
      return means;
    }

    private double squared(int i, double[] mean) {
      double d = x.number(i) - mean[group(i)];
      return d * d;
    }

    private double[] given(Constant statistics) {
      return IntStream.range(0, channels).mapToDouble(statistics::number).toArray();
    }

    private Constant normed(double[] mean, double[] variance, Constant scale, Constant shift) {
      double[] values = new double[x.size()];
      for (int i = 0; i < values.length; i++) {
        double centred = (x.number(i) - mean[group(i)]) / Math.sqrt(variance[group(i)]);
        values[i] = centred * scale.number(channel(i)) + shift.number(channel(i));
      }
      return ArithmeticOperators.like(x, x.shape(), values);
    }
  }
}
