package org.whisker.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Operation.Rearrange;
import org.whisker.value.Checks;

/** Brings views into the form that an operator needs, moving values only where it must. */
record Layout(Draft draft) {
  /** The view as N × channels × rows × columns of its own node. */
  View map(View view) {
    Checks.refuse(
        view.rank() != 4,
        "a picture of shape %s; only N x channels x rows x columns can be read",
        Arrays.toString(view.shape()));
    checkBatch(view);
    View map = view.isMap() ? view : rearranged(view, List.of(1, 2, 3));
    int node = draft.map(map.node());
    return View.map(node, draft.shape(node));
  }

  /** The view as N × length, or as length × 1 × 1 at run time. */
  View vector(View view) {
    checkBatch(view);
    List<View.Factor> all = view.factors(1, view.rank());
    if (all.equals(view.whole(View.CHANNELS, View.ROWS, View.COLUMNS))) {
      int node = draft.vector(view.node());
      return View.vector(node, draft.shape(node).channels());
    }
    int node = draft.vector(line(view, all));
    return View.vector(node, draft.shape(node).channels());
  }

  private static void checkBatch(View view) {
    if (view.rank() == 0 || !view.dims().get(0).isEmpty()) {
      throw new IllegalArgumentException(
          "a tensor of shape %s, whose first dimension is not the batch"
              .formatted(Arrays.toString(view.shape())));
    }
  }

  /** Returns any other shape of the same values. */
  View reshaped(View view, int[] target) {
    return view.reshaped(target)
        .or(() -> flat(view).reshaped(target))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "cannot reshape %s to %s"
                        .formatted(Arrays.toString(view.shape()), Arrays.toString(target))));
  }

  private View flat(View view) {
    List<View.Factor> all = view.factors(0, view.rank());
    int node =
        all.equals(view.whole(View.CHANNELS, View.ROWS, View.COLUMNS))
            ? draft.vector(view.node())
            : draft.vector(line(view, all));
    return View.vector(node, draft.shape(node).channels());
  }

  /** The view with one dimension as the channels of its node. */
  View channels(View view, int dimension) {
    if (view.dims().get(dimension).equals(view.whole(View.CHANNELS))) {
      return view;
    }
    List<Integer> rest = new ArrayList<>();
    for (int i = 0; i < view.rank(); i++) {
      if (i != dimension && !view.dims().get(i).isEmpty()) {
        rest.add(i);
      }
    }
    if (rest.size() > 2) {
      throw new IllegalArgumentException(
          "a tensor of shape " + Arrays.toString(view.shape()) + " has too many dimensions");
    }
    List<Integer> order = new ArrayList<>(List.of(dimension));
    order.addAll(rest);
    View found = rearranged(view, order);
    return new View(found.node(), found.own(), dims(view, order, found));
  }

  private static List<List<View.Factor>> dims(View view, List<Integer> order, View found) {
    List<List<View.Factor>> dims = new ArrayList<>();
    for (int i = 0; i < view.rank(); i++) {
      int axis = order.indexOf(i);
      dims.add(axis < 0 ? List.of() : found.whole(axis));
    }
    return dims;
  }

  /** A map whose axes are these dimensions of a view. */
  private View rearranged(View view, List<Integer> order) {
    int[] size = {1, 1, 1};
    List<View.Factor> factors = new ArrayList<>();
    for (int i = 0; i < order.size(); i++) {
      size[i] = view.shape()[order.get(i)];
      factors.addAll(view.dims().get(order.get(i)));
    }
    FeatureShape shape = new FeatureShape(size[0], size[1], size[2]);
    int node = rearranged(view, factors, shape);
    return View.map(node, shape);
  }

  private int line(View view, List<View.Factor> all) {
    int size = all.stream().mapToInt(view::size).reduce(1, Math::multiplyExact);
    return rearranged(view, all, FeatureShape.vector(size));
  }

  private int rearranged(View view, List<View.Factor> factors, FeatureShape shape) {
    List<View.Factor> stored = view.whole(View.CHANNELS, View.ROWS, View.COLUMNS);
    List<Integer> split = stored.stream().map(view::size).toList();
    List<Integer> order = factors.stream().map(stored::indexOf).toList();
    if (split.isEmpty()) {
      return view.node();
    }
    return draft.add(new Rearrange(split, order, shape), draft.map(view.node()));
  }
}
