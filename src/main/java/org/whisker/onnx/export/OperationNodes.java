package org.whisker.onnx.export;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.whisker.network.FeatureShape;
import org.whisker.network.Operation;
import org.whisker.network.Operation.Pad;
import org.whisker.network.Padding;

/** Operations as nodes of opset 17. */
final class OperationNodes {
  private final NodeWriter to;
  private final String layer;
  private final Padding padding;
  private final List<String> tensors;

  /**
   * Prepares the nodes of one layer.
   *
   * @param padding of the network
   * @param tensors of the layer, by name
   */
  OperationNodes(NodeWriter to, String layer, Padding padding, List<String> tensors) {
    this.to = to;
    this.layer = layer;
    this.padding = padding;
    this.tensors = tensors;
  }

  /**
   * The value of an operation.
   *
   * @param from the shape of its first input
   * @param vector whether that has no rows and columns
   */
  String of(Operation operation, List<String> in, FeatureShape from, boolean vector) {
    String x = in.get(0);
    if (operation instanceof Operation.Combine combine) {
      String op = combine.kind().name().toLowerCase(Locale.ROOT);
      return node(op.substring(0, 1).toUpperCase(Locale.ROOT) + op.substring(1), in);
    } else if (operation instanceof Operation.Cut cut) {
      return cut(cut, x);
    } else if (operation instanceof Pad pad) {
      return padded(pad, x, from);
    } else if (operation instanceof Operation.Rearrange rearrange) {
      return rearranged(rearrange, x);
    } else if (operation instanceof Operation.Reduce reduce) {
      return reduced(reduce, x);
    } else if (operation instanceof Operation.ResponseNorm norm) {
      return node(
          "LRN",
          List.of(x),
          NodeWriter.with("size", (long) norm.size()),
          NodeWriter.with("alpha", norm.alpha()),
          NodeWriter.with("beta", norm.beta()),
          NodeWriter.with("bias", norm.bias()));
    } else if (operation instanceof Operation.Prelu) {
      return node("PRelu", List.of(x, perChannel(0, vector)));
    } else if (operation instanceof Operation.Shift) {
      return node("Add", List.of(x, tensors.get(0)));
    } else if (operation instanceof Operation.ChannelNorm norm) {
      return channelNorm(norm, x, vector);
    } else if (operation instanceof Operation.GroupNorm norm) {
      return groupNorm(norm, x, from, vector);
    } else if (operation instanceof Operation.Softmax) {
      return node("Softmax", List.of(x), NodeWriter.with("axis", 1L));
    } else if (operation instanceof Operation.Resize resize) {
      return resized(resize, x, from);
    }
    throw new IllegalStateException("no nodes for " + operation);
  }

  private String node(String op, List<String> in, NodeWriter.Attribute... attributes) {
    return to.node(layer, op, in, attributes);
  }

  /** A tensor of one number a channel, in the shape that is broadcast over positions. */
  private String perChannel(int tensor, boolean vector) {
    String name = tensors.get(tensor);
    return vector ? name : node("Reshape", List.of(name, to.integers(-1, 1, 1)));
  }

  private String cut(Operation.Cut cut, String x) {
    List<Operation.Range> ranges = List.of(cut.channels(), cut.rows(), cut.columns());
    return sliced(
        x,
        ranges.stream().mapToLong(Operation.Range::from).toArray(),
        ranges.stream().mapToLong(Operation.Range::to).toArray(),
        new long[] {1, 2, 3},
        ranges.stream().mapToLong(Operation.Range::step).toArray());
  }

  private String sliced(String x, long[] starts, long[] ends, long[] axes, long[] steps) {
    return node(
        "Slice",
        List.of(x, to.integers(starts), to.integers(ends), to.integers(axes), to.integers(steps)));
  }

  private String padded(Pad pad, String x, FeatureShape from) {
    Padding mode = pad.mode().in(padding);
    String padded = x;
    if (mode == Padding.CIRCULAR) {
      padded = wrapped(padded, 3, pad.columns(), from.width());
      padded = wrapped(padded, 2, pad.rows(), from.height());
    } else {
      padded = padded(padded, Pad.Sides.NONE, pad.rows(), pad.columns(), mode);
    }
    return padded(padded, pad.channels(), Pad.Sides.NONE, Pad.Sides.NONE, Padding.ZERO);
  }

  private String padded(
      String x, Pad.Sides channels, Pad.Sides rows, Pad.Sides columns, Padding mode) {
    long[] pads = {
      0, channels.before(), rows.before(), columns.before(),
      0, channels.after(), rows.after(), columns.after()
    };
    if (java.util.Arrays.stream(pads).sum() == 0) {
      return x;
    }
    String label =
        mode == Padding.REFLECT ? "reflect" : mode == Padding.REPLICATE ? "edge" : "constant";
    return node("Pad", List.of(x, to.integers(pads)), NodeWriter.with("mode", label));
  }

  /** Opset 17 has no padding that wraps around. */
  private String wrapped(String x, long axis, Pad.Sides sides, int size) {
    List<String> parts = new ArrayList<>();
    long[] axes = {axis};
    long[] one = {1};
    if (sides.before() > 0) {
      parts.add(sliced(x, new long[] {size - sides.before()}, new long[] {size}, axes, one));
    }
    parts.add(x);
    if (sides.after() > 0) {
      parts.add(sliced(x, new long[] {0}, new long[] {sides.after()}, axes, one));
    }
    return parts.size() == 1 ? x : node("Concat", parts, NodeWriter.with("axis", axis));
  }

  private String rearranged(Operation.Rearrange r, String x) {
    long[] split = new long[r.split().size() + 1];
    long[] order = new long[split.length];
    split[0] = -1;
    for (int i = 1; i < split.length; i++) {
      split[i] = r.split().get(i - 1);
      order[i] = r.order().get(i - 1) + 1L;
    }
    String parts = node("Reshape", List.of(x, to.integers(split)));
    String ordered = node("Transpose", List.of(parts), NodeWriter.with("perm", order));
    return shaped(ordered, r.shape());
  }

  private String shaped(String x, FeatureShape shape) {
    return node(
        "Reshape", List.of(x, to.integers(-1, shape.channels(), shape.height(), shape.width())));
  }

  private String reduced(Operation.Reduce reduce, String x) {
    long[] axes =
        reduce.over() == Operation.Reduce.Over.CHANNELS ? new long[] {1} : new long[] {2, 3};
    String name =
        switch (reduce.how()) {
          case MEAN -> "ReduceMean";
          case MAX -> "ReduceMax";
          case MIN -> "ReduceMin";
          case SUM -> "ReduceSum";
          case LOG_SUM_EXP -> "ReduceLogSumExp";
        };
    return reduce.how() == Operation.Reduce.How.SUM
        ? node(name, List.of(x, to.integers(axes)))
        : node(name, List.of(x), NodeWriter.with("axes", axes));
  }

  private String channelNorm(Operation.ChannelNorm norm, String x, boolean vector) {
    String last =
        vector
            ? x
            : node("Transpose", List.of(x), NodeWriter.with("perm", new long[] {0, 2, 3, 1}));
    String normed =
        node(
            "LayerNormalization",
            List.of(last, tensors.get(0), tensors.get(1)),
            NodeWriter.with("axis", -1L),
            NodeWriter.with("epsilon", norm.eps()));
    return vector
        ? normed
        : node("Transpose", List.of(normed), NodeWriter.with("perm", new long[] {0, 3, 1, 2}));
  }

  private String groupNorm(Operation.GroupNorm norm, String x, FeatureShape from, boolean vector) {
    double[] ones = new double[norm.groups()];
    java.util.Arrays.fill(ones, 1);
    String groups = node("Reshape", List.of(x, to.integers(0, norm.groups(), -1)));
    String normed =
        node(
            "InstanceNormalization",
            List.of(
                groups,
                to.floats(new long[] {norm.groups()}, ones),
                to.floats(new long[] {norm.groups()}, new double[norm.groups()])),
            NodeWriter.with("epsilon", norm.eps()));
    String back =
        vector
            ? node("Reshape", List.of(normed, to.integers(-1, norm.channels())))
            : shaped(normed, from);
    String scaled = node("Mul", List.of(back, perChannel(0, vector)));
    return node("Add", List.of(scaled, perChannel(1, vector)));
  }

  private String resized(Operation.Resize resize, String x, FeatureShape from) {
    String scales =
        to.floats(
            new long[] {4},
            1,
            1,
            (double) resize.height() / from.height(),
            (double) resize.width() / from.width());
    return resize.linear()
        ? node("Resize", List.of(x, "", scales), NodeWriter.with("mode", "linear"))
        : node(
            "Resize",
            List.of(x, "", scales),
            NodeWriter.with("mode", "nearest"),
            NodeWriter.with("coordinate_transformation_mode", "asymmetric"),
            NodeWriter.with("nearest_mode", "floor"));
  }
}
