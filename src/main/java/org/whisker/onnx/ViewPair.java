package org.whisker.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.whisker.network.Operation.Combine;

/** Two views combined value by value, with broadcasting. */
final class ViewPair {
  private ViewPair() {}

  static View combined(Scope scope, Combine.Kind kind, View first, View second) {
    int rank = Math.max(first.rank(), second.rank());
    View a = first.widened(rank);
    View b = second.widened(rank);
    Shapes.broadcast(a.shape(), b.shape());
    Optional<View> joined = joined(a, b);
    if (joined.isEmpty()) {
      a = straight(scope, a);
      b = straight(scope, b);
      joined = joined(a, b);
    }
    int node = scope.draft().combine(kind, a.node(), b.node());
    return joined.orElseThrow(() -> unfit(first, second)).of(node);
  }

  private static IllegalArgumentException unfit(View a, View b) {
    return new IllegalArgumentException(
        "cannot combine %s and %s"
            .formatted(Arrays.toString(a.shape()), Arrays.toString(b.shape())));
  }

  /** With the values in their order, in the same shape. */
  private static View straight(Scope scope, View view) {
    Layout layout = scope.layout();
    return view.rank() == 4 ? layout.map(view) : layout.reshaped(layout.vector(view), view.shape());
  }

  /** The view of the result, if the maps are broadcast as the tensors are. */
  private static Optional<View> joined(View a, View b) {
    List<List<View.Factor>> dims = new ArrayList<>();
    for (int i = 0; i < a.rank(); i++) {
      List<View.Factor> x = a.dims().get(i);
      List<View.Factor> y = b.dims().get(i);
      if (!x.equals(y) && !x.isEmpty() && !y.isEmpty()) {
        return Optional.empty();
      }
      dims.add(x.isEmpty() ? y : x);
    }
    List<List<Integer>> own = new ArrayList<>();
    for (int axis = 0; axis < 3; axis++) {
      List<Integer> x = a.own().get(axis);
      List<Integer> y = b.own().get(axis);
      if (!x.equals(y) && !x.isEmpty() && !y.isEmpty()) {
        return Optional.empty();
      }
      own.add(x.isEmpty() ? y : x);
    }
    long placed = dims.stream().flatMap(List::stream).distinct().count();
    long factors = own.stream().mapToLong(List::size).sum();
    boolean once = dims.stream().mapToLong(List::size).sum() == placed && placed == factors;
    return once ? Optional.of(new View(a.node(), own, dims)) : Optional.empty();
  }
}
