package org.whisker.onnx.export;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.whisker.network.Activation;
import org.whisker.network.FeatureShape;
import org.whisker.network.Layer;
import org.whisker.network.Network;
import org.whisker.network.Node;
import org.whisker.network.Operation;
import org.whisker.network.Padding;
import org.whisker.network.Parameter;
import org.whisker.network.Window;
import org.whisker.weights.Weights;

/** The nodes of opset 17 that do what layers do. */
final class LayerNodes {
  private final Network network;
  private final Weights weights;
  private final NodeWriter to;
  private final List<String> values = new ArrayList<>();
  private final List<Boolean> flat = new ArrayList<>();

  /**
   * Prepares the nodes.
   *
   * @param image the value that the network takes
   */
  LayerNodes(Network network, Weights weights, NodeWriter to, String image) {
    this.network = network;
    this.weights = weights;
    this.to = to;
    values.add(image);
    flat.add(false);
  }

  /** Writes all layers; returns the name of the output. */
  String write() {
    for (Node node : network.nodes().subList(1, network.nodes().size())) {
      List<String> inputs = node.inputs().stream().map(values::get).toList();
      boolean vector = flat.get(node.inputs().get(0));
      values.add(value(node, inputs, vector));
      boolean becomes =
          node.layer() instanceof Layer.Flatten || node.layer() instanceof Layer.Linear;
      boolean leaves =
          node.layer() instanceof Operation.Rearrange || node.layer() instanceof Layer.Conv;
      flat.add(becomes || (vector && !leaves));
    }
    return values.get(values.size() - 1);
  }

  private String value(Node node, List<String> in, boolean vector) {
    String name = node.name();
    Layer layer = node.layer();
    if (layer instanceof Layer.Conv conv) {
      return convolution(node, conv, in.get(0));
    } else if (layer instanceof Layer.BatchNorm norm) {
      return to.node(
          name, "BatchNormalization", with(in, node), NodeWriter.with("epsilon", norm.eps()));
    } else if (layer instanceof Activation activation) {
      return new ActivationNodes(to, name).of(activation, in.get(0));
    } else if (layer instanceof Layer.MaxPool pool) {
      return pooled(node, "MaxPool", pool.window(), in.get(0));
    } else if (layer instanceof Layer.AvgPool pool) {
      return pooled(node, "AveragePool", pool.window(), in.get(0));
    } else if (layer instanceof Layer.AdaptiveAvgPool pool) {
      return adaptive(node, pool.side(), in.get(0));
    } else if (layer instanceof Layer.Flatten) {
      return to.node(name, "Flatten", in, NodeWriter.with("axis", 1L));
    } else if (layer instanceof Layer.Linear) {
      return to.node(name, "Gemm", with(in, node), NodeWriter.with("transB", 1L));
    } else if (layer instanceof Layer.Concat) {
      return to.node(name, "Concat", in, NodeWriter.with("axis", 1L));
    } else if (layer instanceof Layer.ScaledAdd add) {
      String second =
          add.scale() == 1
              ? in.get(1)
              : to.node(name, "Mul", List.of(in.get(1), to.number(add.scale())));
      return to.node(name, "Add", List.of(in.get(0), second));
    } else if (layer instanceof Layer.ClassLogit logit) {
      return logit(name, logit, in.get(0));
    } else if (layer instanceof Operation operation) {
      FeatureShape from = network.nodes().get(node.inputs().get(0)).shape();
      return new OperationNodes(to, name, network.padding(), with(List.of(), node))
          .of(operation, in, from, vector);
    }
    return in.get(0); // dropout
  }

  /** Inputs, and after them the node's tensors. */
  private List<String> with(List<String> in, Node node) {
    List<String> all = new ArrayList<>(in);
    for (Parameter p : node.parameters()) {
      long[] shape = p.shape().stream().mapToLong(Integer::longValue).toArray();
      FloatBuffer floats = weights.floats(p.name());
      all.add(to.tensor(p.name(), floats, shape));
    }
    return all;
  }

  private String convolution(Node node, Layer.Conv conv, String x) {
    Window w = conv.window();
    boolean own = network.padding() == Padding.ZERO || !w.padded();
    String in = own ? x : padded(node, w, x);
    return to.node(
        node.name(),
        "Conv",
        with(List.of(in), node),
        NodeWriter.with("kernel_shape", pair(w.rows().kernel(), w.columns().kernel())),
        NodeWriter.with("strides", pair(w.rows().stride(), w.columns().stride())),
        NodeWriter.with("dilations", pair(w.rows().dilation(), w.columns().dilation())),
        NodeWriter.with("pads", own ? pads(w) : new long[4]),
        NodeWriter.with("group", (long) conv.groups()));
  }

  private String pooled(Node node, String op, Window w, String x) {
    boolean own = network.padding() == Padding.ZERO || !w.padded();
    return to.node(
        node.name(),
        op,
        List.of(own ? x : padded(node, w, x)),
        NodeWriter.with("kernel_shape", pair(w.rows().kernel(), w.columns().kernel())),
        NodeWriter.with("strides", pair(w.rows().stride(), w.columns().stride())),
        NodeWriter.with("pads", own ? pads(w) : new long[4]));
  }

  private static long[] pads(Window w) {
    return new long[] {
      w.rows().before(), w.columns().before(), w.rows().after(), w.columns().after()
    };
  }

  private static long[] pair(int rows, int columns) {
    return new long[] {rows, columns};
  }

  private String padded(Node node, Window w, String x) {
    FeatureShape from = network.nodes().get(node.inputs().get(0)).shape();
    Operation.Pad pad =
        new Operation.Pad(
            Operation.Pad.Sides.NONE,
            new Operation.Pad.Sides(w.rows().before(), w.rows().after()),
            new Operation.Pad.Sides(w.columns().before(), w.columns().after()),
            Operation.Pad.Mode.OWN);
    return new OperationNodes(to, node.name(), network.padding(), List.of())
        .of(pad, List.of(x), from, false);
  }

  /** Windows of uneven size are a product with the matrix of their shares. */
  private String adaptive(Node node, int side, String x) {
    if (side == 1) {
      return to.node(node.name(), "GlobalAveragePool", List.of(x));
    }
    FeatureShape from = network.nodes().get(node.inputs().get(0)).shape();
    if (from.height() % side == 0 && from.width() % side == 0) {
      return even(node, from.height() / side, from.width() / side, x);
    }
    String rows = to.floats(pair(side, from.height()), shares(from.height(), side, false));
    String columns = to.floats(pair(from.width(), side), shares(from.width(), side, true));
    String by = to.node(node.name(), "MatMul", List.of(rows, x));
    return to.node(node.name(), "MatMul", List.of(by, columns));
  }

  private String even(Node node, int rows, int columns, String x) {
    return rows == 1 && columns == 1
        ? x
        : to.node(
            node.name(),
            "AveragePool",
            List.of(x),
            NodeWriter.with("kernel_shape", pair(rows, columns)),
            NodeWriter.with("strides", pair(rows, columns)));
  }

  private static double[] shares(int inputs, int outputs, boolean transposed) {
    double[] shares = new double[inputs * outputs];
    for (int o = 0; o < outputs; o++) {
      int start = o * inputs / outputs;
      int end = ((o + 1) * inputs + outputs - 1) / outputs;
      for (int i = start; i < end; i++) {
        shares[transposed ? i * outputs + o : o * inputs + i] = 1.0 / (end - start);
      }
    }
    return shares;
  }

  private String logit(String name, Layer.ClassLogit logit, String x) {
    long[] cat = logit.cat().stream().mapToLong(Integer::longValue).toArray();
    long[] others =
        IntStream.range(0, logit.classes())
            .filter(i -> !logit.cat().contains(i))
            .asLongStream()
            .toArray();
    return to.node(name, "Sub", List.of(summed(name, x, others), summed(name, x, cat)));
  }

  private String summed(String name, String x, long[] classes) {
    String chosen =
        to.node(name, "Gather", List.of(x, to.integers(classes)), NodeWriter.with("axis", 1L));
    return to.node(
        name,
        "ReduceLogSumExp",
        List.of(chosen),
        NodeWriter.with("axes", new long[] {1}),
        NodeWriter.with("keepdims", 1L));
  }
}
