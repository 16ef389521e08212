package org.whisker.onnx;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.whisker.network.Activation;
import org.whisker.network.Layer;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Operation.Reduce;
import org.whisker.network.Window;
import org.whisker.onnx.graph.GraphNode;

/** Means, maxima, sums and norms over channels, over positions, or over known tensors. */
record ReduceOperators(Scope scope, GraphNode node) {
  static List<Operator> all() {
    return List.of(
        reader("ReduceMean", Reduce.How.MEAN)
            .computes(ReduceOperators::computed)
            .writes(Reduce.How.MEAN, ReduceOperators::write),
        reader("ReduceMax", Reduce.How.MAX)
            .computes(ReduceOperators::computed)
            .writes(Reduce.How.MAX, ReduceOperators::write),
        reader("ReduceMin", Reduce.How.MIN)
            .computes(ReduceOperators::computed)
            .writes(Reduce.How.MIN, ReduceOperators::write),
        reader("ReduceSum", Reduce.How.SUM)
            .computes(ReduceOperators::computed)
            .writes(Reduce.How.SUM, ReduceOperators::write),
        reader("ReduceLogSumExp", Reduce.How.LOG_SUM_EXP)
            .writes(Reduce.How.LOG_SUM_EXP, ReduceOperators::write)
            .writes(Layer.ClassLogit.class, ReduceOperators::writeLogit),
        reader("ReduceL1", Reduce.How.SUM).computes(ReduceOperators::computed),
        reader("ReduceL2", Reduce.How.SUM).computes(ReduceOperators::computed),
        reader("ReduceSumSquare", Reduce.How.SUM).computes(ReduceOperators::computed),
        Operator.named("ReduceProd").computes(ReduceOperators::computed),
        Operator.named("CumSum").since(11).computes(ReduceOperators::knownSums));
  }

  private static Operator reader(String name, Reduce.How how) {
    return Operator.named(name)
        .reads((scope, node) -> List.of(new ReduceOperators(scope, node).of(how)));
  }

  private View of(Reduce.How kind) {
    View x = summands(scope.view(node, 0));
    boolean[] over = over(x);
    if (x.rank() == 4 && !reducible(x, gone(x, over))) {
      x = scope.layout().map(x);
    }
    Set<View.Factor> gone = gone(x, over);
    View reduced = gone.isEmpty() ? x : reduced(x, gone, kind);
    if (node.integer("keepdims", 1) == 0) {
      for (int i = over.length - 1; i >= 0; i--) {
        reduced = over[i] ? reduced.dropped(i) : reduced;
      }
    }
    return node.op().equals("ReduceL2")
        ? ActivationOperators.function(scope, reduced, "sqrt", Activation.of(Activation.Kind.SQRT))
        : reduced;
  }

  /** What a norm sums: magnitudes, or squares. */
  private View summands(View x) {
    return switch (node.op()) {
      case "ReduceL1" -> x.of(scope.draft().add(Activation.of(Activation.Kind.ABS), x.node()));
      case "ReduceL2", "ReduceSumSquare" ->
          ActivationOperators.function(
              scope, x, "pow 2.0", new Activation(Activation.Kind.POWER, List.of(2.0)));
      default -> x;
    };
  }

  private static Set<View.Factor> gone(View x, boolean[] over) {
    Set<View.Factor> gone = new HashSet<>();
    for (int i = 0; i < over.length; i++) {
      if (over[i]) {
        gone.addAll(x.dims().get(i));
      }
    }
    return gone;
  }

  /** Whether the values need not be moved first. */
  private static boolean reducible(View x, Set<View.Factor> gone) {
    return gone.isEmpty()
        || isAll(x, gone)
        || is(gone, x.whole(View.ROWS, View.COLUMNS))
        || x.dims().stream().anyMatch(dim -> is(gone, dim))
        || IntStream.range(0, 3).anyMatch(axis -> is(gone, x.whole(axis)));
  }

  private boolean[] over(View x) {
    Constant given = scope.optional(node, 1);
    long[] axes = given == null ? node.integers("axes") : given.integers();
    boolean[] over = new boolean[x.rank()];
    Arrays.fill(over, axes.length == 0 && node.integer("noop_with_empty_axes", 0) == 0);
    for (long axis : axes) {
      over[Shapes.axis(axis, x.rank())] = true;
    }
    return over;
  }

  private View reduced(View x, Set<View.Factor> gone, Reduce.How kind) {
    Draft draft = scope.draft();
    if (isAll(x, gone)) {
      View row = reduced(x, new HashSet<>(x.whole(View.ROWS, View.COLUMNS)), kind);
      return reduced(row, new HashSet<>(row.whole(View.CHANNELS)), kind);
    }
    if (is(gone, x.whole(View.ROWS, View.COLUMNS))) {
      Layer layer =
          kind == Reduce.How.MEAN
              ? new Layer.AdaptiveAvgPool(1)
              : new Reduce(kind, Reduce.Over.POSITIONS);
      return x.collapsed(draft.add(layer, draft.map(x.node())), View.ROWS, View.COLUMNS);
    } else if (is(gone, x.whole(View.CHANNELS))) {
      Layer layer = new Reduce(kind, Reduce.Over.CHANNELS);
      return x.collapsed(draft.add(layer, draft.map(x.node())), View.CHANNELS);
    } else if (kind == Reduce.How.MEAN || kind == Reduce.How.MAX) {
      View line = line(x, gone, kind);
      if (line != null) {
        return line;
      }
    }
    return rearranged(x, gone, kind);
  }

  /** Whether a picture becomes one number: positions first, then channels. */
  private static boolean isAll(View x, Set<View.Factor> gone) {
    return is(gone, x.whole(View.CHANNELS, View.ROWS, View.COLUMNS))
        && !x.whole(View.CHANNELS).isEmpty()
        && !x.whole(View.ROWS, View.COLUMNS).isEmpty();
  }

  private static boolean is(Set<View.Factor> gone, List<View.Factor> whole) {
    return gone.equals(new HashSet<>(whole));
  }

  /** Reduces all rows, or all columns, which is a pooling; null where other factors are reduced. */
  private @Nullable View line(View x, Set<View.Factor> gone, Reduce.How kind) {
    for (int axis : new int[] {View.ROWS, View.COLUMNS}) {
      if (is(gone, x.whole(axis))) {
        FeatureShape shape = scope.draft().shape(x.node());
        int rows = axis == View.ROWS ? shape.height() : 1;
        int columns = axis == View.COLUMNS ? shape.width() : 1;
        Window window = new Window(rows, columns, 1, 0, 0);
        Layer pool =
            kind == Reduce.How.MEAN ? new Layer.AvgPool(window) : new Layer.MaxPool(window);
        return x.collapsed(scope.draft().add(pool, scope.draft().map(x.node())), axis);
      }
    }
    return null;
  }

  /** The dimensions that are reduced as the channels. */
  private View rearranged(View x, Set<View.Factor> gone, Reduce.How kind) {
    List<Integer> over =
        IntStream.range(0, x.rank())
            .filter(i -> x.dims().get(i).stream().anyMatch(gone::contains))
            .boxed()
            .toList();
    View by =
        over.size() == 1
            ? scope.layout().channels(x, over.get(0))
            : scope.layout().channels(x, over);
    Layer layer = new Reduce(kind, Reduce.Over.CHANNELS);
    int made = scope.draft().add(layer, scope.draft().map(by.node()));
    return by.collapsed(made, View.CHANNELS);
  }

  /** The sum of each value and those before it along a dimension. */
  private static Constant knownSums(Operator.KnownNode in) {
    boolean own = in.node().integer("exclusive", 0) == 0;
    boolean back = in.node().integer("reverse", 0) == 1;
    Constant x = in.x();
    int[] shape = x.shape();
    int axis = Shapes.axis(in.at(1).integer(0), x.rank());
    int step = Shapes.strides(shape)[axis];
    double[] sums = new double[x.size()];
    for (int n = 0; n < sums.length; n++) {
      int i = back ? sums.length - 1 - n : n;
      int at = i / step % shape[axis];
      int before = back ? i + step : i - step;
      boolean first = at == (back ? shape[axis] - 1 : 0);
      sums[i] = first ? 0 : sums[before] + x.number(before);
    }
    if (own) {
      Arrays.setAll(sums, i -> sums[i] + x.number(i));
    }
    return ArithmeticOperators.like(x, shape, sums);
  }

  private static Constant computed(Operator.KnownNode in) {
    Constant x = in.x();
    int[] shape = x.shape();
    long[] axes = in.axes();
    boolean[] over = new boolean[shape.length];
    for (long axis : axes) {
      over[Shapes.axis(axis, shape.length)] = true;
    }
    int[] kept = shape.clone();
    for (int i = 0; i < shape.length; i++) {
      kept[i] = over[i] || axes.length == 0 ? 1 : shape[i];
    }
    int[] strides = Shapes.strides(kept);
    for (int i = 0; i < shape.length; i++) {
      strides[i] = kept[i] == 1 ? 0 : strides[i];
    }
    double[] values = reduced(in.node().op(), x, Shapes.walk(shape, strides, 0), kept);
    Constant found = ArithmeticOperators.like(x, kept, values);
    if (in.node().integer("keepdims", 1) == 1) {
      return found;
    }
    long[] gone =
        IntStream.range(0, shape.length)
            .filter(i -> over[i] || axes.length == 0)
            .asLongStream()
            .toArray();
    return found.reshaped(Shapes.squeezed(kept, gone));
  }

  /** A reduction; {@code to} is the element of the result to which each element belongs. */
  private static double[] reduced(String op, Constant x, int[] to, int[] shape) {
    double[] values = new double[Constant.allocatable(shape)];
    double start =
        switch (op) {
          case "ReduceProd" -> 1;
          case "ReduceMax" -> Double.NEGATIVE_INFINITY;
          case "ReduceMin" -> Double.POSITIVE_INFINITY;
          default -> 0;
        };
    Arrays.fill(values, start);
    for (int i = 0; i < to.length; i++) {
      double v = x.number(i);
      values[to[i]] =
          switch (op) {
            case "ReduceProd" -> values[to[i]] * v;
            case "ReduceMax" -> Math.max(values[to[i]], v);
            case "ReduceMin" -> Math.min(values[to[i]], v);
            case "ReduceL1" -> values[to[i]] + Math.abs(v);
            case "ReduceL2", "ReduceSumSquare" -> values[to[i]] + v * v;
            default -> values[to[i]] + v;
          };
    }
    if (op.equals("ReduceMean")) {
      double count = (double) to.length / values.length;
      Arrays.setAll(values, i -> values[i] / count);
    } else if (op.equals("ReduceL2")) {
      Arrays.setAll(values, i -> Math.sqrt(values[i]));
    }
    return values;
  }

  private static String write(LayerWriter to, Reduce reduce) {
    long[] axes = reduce.over() == Reduce.Over.CHANNELS ? new long[] {1} : new long[] {2, 3};
    String op =
        switch (reduce.how()) {
          case MEAN -> "ReduceMean";
          case MAX -> "ReduceMax";
          case MIN -> "ReduceMin";
          case SUM -> "ReduceSum";
          case LOG_SUM_EXP -> "ReduceLogSumExp";
        };
    return reduce.how() == Reduce.How.SUM
        ? to.node(op, List.of(to.x(), to.integers(axes)))
        : to.node(op, to.x(), NodeWriter.with("axes", axes));
  }

  /** The log-sum-exp of the other classes minus that of the cats. */
  private static String writeLogit(LayerWriter to, Layer.ClassLogit logit) {
    long[] cat = logit.cat().stream().mapToLong(Integer::longValue).toArray();
    long[] others = logit.others().stream().mapToLong(Integer::longValue).toArray();
    return to.node("Sub", List.of(summed(to, others), summed(to, cat)));
  }

  private static String summed(LayerWriter to, long[] classes) {
    String chosen =
        to.node("Gather", List.of(to.x(), to.integers(classes)), NodeWriter.with("axis", 1L));
    return to.node(
        "ReduceLogSumExp",
        chosen,
        NodeWriter.with("axes", new long[] {1}),
        NodeWriter.with("keepdims", 1L));
  }
}
