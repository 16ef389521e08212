package org.whisker.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.whisker.network.Activation;
import org.whisker.network.Layer;
import org.whisker.network.Operation;
import org.whisker.onnx.graph.GraphNode;
import org.whisker.weights.Tensor;

/** Norms, and softmax. */
final class NormOps {
  private final Scope scope;
  private final GraphNode node;

  private NormOps(Scope scope, GraphNode node) {
    this.scope = scope;
    this.node = node;
  }

  static Optional<View> of(Scope scope, GraphNode node) {
    return Optional.ofNullable(new NormOps(scope, node).result());
  }

  private @Nullable View result() {
    return switch (node.op()) {
      case "BatchNormalization" -> batchNorm();
      case "InstanceNormalization" -> instanceNorm();
      case "GroupNormalization" -> groupNorm();
      case "LayerNormalization" -> layerNorm();
      case "LRN" -> responseNorm();
      case "Softmax" -> softmax();
      case "LogSoftmax" -> {
        View soft = softmax();
        yield soft.of(
            scope.draft().function("log", Activation.of(Activation.Kind.LOG), soft.node()));
      }
      default -> null;
    };
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
    if (node.integer("training_mode", 0) == 1 || node.integer("spatial", 1) == 0) {
      throw new IllegalArgumentException(
          "it computes statistics of its batch; export the model in evaluation mode");
    }
    View x = channels(1);
    int channels = x.axisSize(View.CHANNELS);
    Map<String, Tensor> tensors =
        Map.of(
            "weight", Tensors.vector(scope.constant(node, 1), channels, "a scale"),
            "bias", Tensors.vector(scope.constant(node, 2), channels, "a shift"),
            "running_mean", Tensors.vector(scope.constant(node, 3), channels, "a mean"),
            "running_var", Tensors.vector(scope.constant(node, 4), channels, "a variance"));
    Layer layer = new Layer.BatchNorm(channels, node.number("epsilon", 1e-5f));
    return x.of(scope.draft().add(layer, tensors, x.node()));
  }

  /** Its channels may be groups of a map's channels: so PyTorch writes group norm. */
  private View instanceNorm() {
    View x = x();
    int groups = x.shape()[1];
    List<View.Factor> all = x.factors(1, x.rank());
    if (!all.equals(x.whole(View.CHANNELS, View.ROWS, View.COLUMNS))) {
      x = scope.layout().map(x);
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
    if (groups < 1 || channels % groups != 0) {
      throw new IllegalArgumentException(channels + " channels are not in " + groups + " groups");
    }
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
    return Tensors.of(each);
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
    throw new IllegalArgumentException(
        "a norm over the last %d dimensions can't be read".formatted(x().rank() - axis));
  }

  private View channelNorm(View x, double eps, Constant scale, @Nullable Constant bias) {
    int channels = x.axisSize(View.CHANNELS);
    Tensor shift =
        bias == null ? Tensors.filled(channels, 0) : Tensors.vector(bias, channels, "a shift");
    Map<String, Tensor> tensors =
        Map.of("weight", Tensors.vector(scale, channels, "a scale"), "bias", shift);
    return x.of(scope.draft().add(new Operation.ChannelNorm(channels, eps), tensors, x.node()));
  }

  private View overAll(double eps, Constant scale, @Nullable Constant bias) {
    View x = x();
    int channels = x.axisSize(View.CHANNELS);
    Tensor ones = Tensors.filled(channels, 1);
    Tensor zeros = Tensors.filled(channels, 0);
    Layer layer = new Operation.GroupNorm(1, channels, eps);
    View normed =
        x.of(
            scope
                .draft()
                .add(layer, Map.of("weight", ones, "bias", zeros), scope.draft().map(x.node())));
    PerChannel by = PerChannel.of(scope, normed, scale);
    View scaled =
        by.view().of(scope.draft().affine(by.view().node(), by.values(), new double[] {0}));
    if (bias == null) {
      return scaled;
    }
    PerChannel plus = PerChannel.of(scope, scaled, bias);
    return plus.view()
        .of(scope.draft().affine(plus.view().node(), new double[] {1}, plus.values()));
  }

  private View responseNorm() {
    View x = channels(1);
    Layer layer =
        new Operation.ResponseNorm(
            Math.toIntExact(node.integer("size", 1)),
            node.number("alpha", 1e-4f),
            node.number("beta", 0.75),
            node.number("bias", 1));
    return x.of(scope.draft().add(layer, scope.draft().map(x.node())));
  }

  /** Before opset 13, all dimensions from the axis on are one. */
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
      if (large.size() > 1) {
        throw new IllegalArgumentException("a softmax over several dimensions can't be read");
      }
      axis = large.isEmpty() ? axis : large.get(0);
    }
    View by = scope.layout().channels(x, axis);
    return by.of(scope.draft().add(new Operation.Softmax(), by.node()));
  }
}
