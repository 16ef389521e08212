package org.whisker.onnx;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.whisker.network.Activation;
import org.whisker.network.FeatureShape;
import org.whisker.network.Layer;
import org.whisker.network.Operation.Reduce;
import org.whisker.network.Window;
import org.whisker.onnx.graph.GraphNode;

/** Means, maxima and sums over channels or over positions. */
final class ReduceOps {
  private final Scope scope;
  private final GraphNode node;

  private ReduceOps(Scope scope, GraphNode node) {
    this.scope = scope;
    this.node = node;
  }

  static Optional<View> of(Scope scope, GraphNode node) {
    Reduce.How kind =
        switch (node.op()) {
          case "ReduceMean" -> Reduce.How.MEAN;
          case "ReduceMax" -> Reduce.How.MAX;
          case "ReduceMin" -> Reduce.How.MIN;
          case "ReduceSum" -> Reduce.How.SUM;
          case "ReduceLogSumExp" -> Reduce.How.LOG_SUM_EXP;
          case "ReduceL1", "ReduceL2", "ReduceSumSquare" -> Reduce.How.SUM;
          default -> null;
        };
    return kind == null ? Optional.empty() : Optional.of(new ReduceOps(scope, node).of(kind));
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
        ? function(reduced, "sqrt", Activation.of(Activation.Kind.SQRT))
        : reduced;
  }

  /** What a norm sums: magnitudes, or squares. */
  private View summands(View x) {
    return switch (node.op()) {
      case "ReduceL1" -> x.of(scope.draft().add(Activation.of(Activation.Kind.ABS), x.node()));
      case "ReduceL2", "ReduceSumSquare" ->
          function(x, "pow 2.0", new Activation(Activation.Kind.POWER, List.of(2.0)));
      default -> x;
    };
  }

  private View function(View x, String name, Activation alone) {
    return x.of(scope.draft().function(name, alone, x.node()));
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

  private static boolean is(Set<View.Factor> gone, List<View.Factor> whole) {
    return gone.equals(new HashSet<>(whole));
  }

  /** Over all rows, or all columns, it is a pooling. */
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

  /** The dimension that is reduced as the channels. */
  private View rearranged(View x, Set<View.Factor> gone, Reduce.How kind) {
    for (int i = 0; i < x.rank(); i++) {
      if (is(gone, x.dims().get(i))) {
        View by = scope.layout().channels(x, i);
        Layer layer = new Reduce(kind, Reduce.Over.CHANNELS);
        int made = scope.draft().add(layer, scope.draft().map(by.node()));
        return by.collapsed(made, View.CHANNELS);
      }
    }
    throw new IllegalArgumentException(
        "only channels, rows or columns of %s can be reduced as a whole"
            .formatted(Arrays.toString(x.shape())));
  }
}
