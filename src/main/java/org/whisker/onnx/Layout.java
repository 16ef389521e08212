package org.whisker.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.whisker.network.Layer;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Operation.Rearrange;
import org.whisker.network.TokenOperation;
import org.whisker.value.Checks;
import org.whisker.weights.Weights.Tensor;

/** Brings views into the form that an operator needs, moving values only where it must. */
record Layout(Draft draft) {
  /** The view as N × channels × rows × columns of its own node. */
  View map(View view) {
    Checks.refuse(
        view.rank() != 4,
        "a picture of shape %s; only N x channels x rows x columns can be read",
        Arrays.toString(view.shape()));
    checkBatch(view);
    View map = view.isMap() ? view : arranged(view, List.of(1), List.of(2), List.of(3));
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
    List<Integer> rest = others(view, List.of(dimension));
    return rest.size() < 2
        ? arranged(view, List.of(dimension), rest, List.of())
        : arranged(view, List.of(dimension), upToLast(rest), last(rest));
  }

  /** The view with some dimensions as the channels of its node. */
  View channels(View view, List<Integer> dimensions) {
    List<Integer> rest = others(view, dimensions);
    return arranged(view, dimensions, upToLast(rest), last(rest));
  }

  /**
   * The view with one dimension as an axis of its node. If that can't be the channels, since
   * another dimension is, it is the columns, or the rows where a dimension follows.
   */
  View alongAxis(View view, int dimension) {
    if (axis(view, dimension) >= 0) {
      return view;
    }
    for (int other = 0; other < view.rank(); other++) {
      List<View.Factor> dim = view.dims().get(other);
      if (other != dimension && !dim.isEmpty() && dim.equals(view.whole(View.CHANNELS))) {
        List<Integer> rest = others(view, List.of(other));
        boolean first = rest.size() > 1 && rest.get(rest.size() - 1) != dimension;
        List<Integer> alone = List.of(dimension);
        List<Integer> beside = others(view, List.of(other, dimension));
        return first
            ? arranged(view, List.of(other), alone, beside)
            : arranged(view, List.of(other), beside, alone);
      }
    }
    return channels(view, dimension);
  }

  /** The view with an axis of its node for one dimension alone, which may be of size 1. */
  View withAxisFor(View view, int dimension) {
    return view.dims().get(dimension).isEmpty() ? withFreeAxis(view) : alongAxis(view, dimension);
  }

  /** The axis of that view. */
  static int axisFor(View view, int dimension) {
    return view.dims().get(dimension).isEmpty() ? freeAxis(view) : axis(view, dimension);
  }

  private View withFreeAxis(View view) {
    List<Integer> all = others(view, List.of());
    return freeAxis(view) < 0 ? arranged(view, upToLast(all), List.of(), last(all)) : view;
  }

  /** An axis of size 1, positions before channels; −1 if there is none. */
  private static int freeAxis(View view) {
    return IntStream.of(View.COLUMNS, View.ROWS, View.CHANNELS)
        .filter(axis -> view.whole(axis).isEmpty())
        .findFirst()
        .orElse(-1);
  }

  /** The axis of its node that a dimension is; −1 if it is none. */
  static int axis(View view, int dimension) {
    List<View.Factor> dim = view.dims().get(dimension);
    for (int axis = 0; axis < 3 && !dim.isEmpty(); axis++) {
      if (dim.equals(view.whole(axis))) {
        return axis;
      }
    }
    return -1;
  }

  /** The dimensions of more than one value that are none of these. */
  private static List<Integer> others(View view, List<Integer> named) {
    return IntStream.range(0, view.rank())
        .filter(i -> !named.contains(i) && !view.dims().get(i).isEmpty())
        .boxed()
        .toList();
  }

  private static List<Integer> upToLast(List<Integer> all) {
    return all.subList(0, Math.max(0, all.size() - 1));
  }

  private static List<Integer> last(List<Integer> all) {
    return all.subList(Math.max(0, all.size() - 1), all.size());
  }

  /**
   * The view whose node has these dimensions as channels, rows and columns, the first of each
   * outermost. All others are of size 1.
   */
  View arranged(View view, List<Integer> channels, List<Integer> rows, List<Integer> columns) {
    List<List<Integer>> axes = List.of(channels, rows, columns);
    List<View.Factor> wanted = new ArrayList<>();
    boolean there = true;
    int[] size = {1, 1, 1};
    for (int axis = 0; axis < 3; axis++) {
      List<View.Factor> factors =
          axes.get(axis).stream().flatMap(d -> view.dims().get(d).stream()).toList();
      there &= factors.equals(view.whole(axis));
      size[axis] = factors.stream().mapToInt(view::size).reduce(1, Math::multiplyExact);
      wanted.addAll(factors);
    }
    if (there) {
      return view;
    }
    int node = rearranged(view, wanted, new FeatureShape(size[0], size[1], size[2]));
    return View.of(node, view.shape(), axes);
  }

  /** The view, with a dimension of size 1 repeated. */
  View repeated(View given, int dimension, int times) {
    if (times == 1) {
      return given;
    }
    View view = withFreeAxis(given);
    int free = freeAxis(view);
    Layer pick =
        new TokenOperation.Pick(
            List.of(TokenOperation.Axis.values()).get(free), Collections.nCopies(times, 0));
    return view.withAxis(draft.add(pick, draft.map(view.node())), free, times, dimension);
  }

  /** The view repeated to a shape, in which other dimensions than those of size 1 are as here. */
  View repeated(View given, int[] shape) {
    View view = given;
    for (int i = 0; i < shape.length; i++) {
      view = view.shape()[i] == shape[i] ? view : repeated(view, i, shape[i]);
    }
    return view;
  }

  /**
   * The view in the layout of another of the same shape, or with dimensions of size 1 where the
   * other has more: their maps can then be combined value by value.
   */
  View like(View given, View other) {
    View view = given;
    for (int i = 0; i < 2 * 3; i++) {
      view = whole(view, other, i % 3);
    }
    List<Integer> sizes = new ArrayList<>();
    Map<View.Factor, Integer> places = new HashMap<>();
    for (int d = 0; d < other.rank(); d++) {
      for (View.Factor factor : other.dims().get(d)) {
        places.put(factor, sizes.size());
        sizes.add(view.shape()[d] == 1 ? 1 : other.size(factor));
      }
    }
    View split = reshaped(view, sizes.stream().mapToInt(Integer::intValue).toArray());
    List<List<Integer>> axes =
        IntStream.range(0, 3)
            .mapToObj(axis -> other.whole(axis).stream().map(places::get).toList())
            .toList();
    View arranged = arranged(split, axes.get(0), axes.get(1), axes.get(2));
    FeatureShape shape = draft.shape(arranged.node());
    return other.shrunk(arranged.node(), shape);
  }

  /** The view with all dimensions repeated that share an axis of another with one that is there. */
  private View whole(View given, View other, int axis) {
    View view = given;
    boolean there = false;
    for (int pass = 0; pass < 2; pass++) {
      for (int d = 0; d < other.rank(); d++) {
        boolean here = other.dims().get(d).stream().anyMatch(f -> f.axis() == axis);
        there |= here && view.shape()[d] > 1;
        if (here && there && view.shape()[d] == 1) {
          view = repeated(view, d, other.shape()[d]);
        }
      }
    }
    return view;
  }

  /**
   * A known tensor in the layout of a view, as a map beside it.
   *
   * @param all whether it is as large as the view, also where its values are the same
   */
  View known(Constant constant, View beside, boolean all) {
    int[] sizes = new int[3];
    int[] strides = Shapes.repeating(constant.shape(), beside.rank());
    for (int axis = 0; axis < 3; axis++) {
      sizes[axis] = all || beside.varies(axis, strides) ? beside.axisSize(axis) : 1;
    }
    float[] values = new float[Constant.allocatable(sizes)];
    for (int i = 0; i < values.length; i++) {
      int row = i / sizes[2];
      int element = beside.element(strides, row / sizes[1], row % sizes[1], i % sizes[2]);
      values[i] = (float) constant.number(element);
    }
    FeatureShape own = new FeatureShape(sizes[0], sizes[1], sizes[2]);
    int node =
        draft.add(
            new TokenOperation.Known(own),
            Map.of("value", Tensor.of(Arrays.stream(sizes).boxed().toList(), values)),
            draft.map(beside.node()));
    return beside.shrunk(node, own);
  }

  /** A known tensor of any shape, as a map beside a view; its last two dimensions are positions. */
  View known(Constant constant, int beside) {
    int[] shape = constant.shape();
    List<Integer> all = IntStream.range(0, shape.length).boxed().toList();
    int n = shape.length;
    List<List<Integer>> axes =
        List.of(
            all.subList(0, Math.max(0, n - 2)),
            all.subList(Math.max(0, n - 2), Math.max(0, n - 1)),
            all.subList(Math.max(0, n - 1), n));
    int[] sizes =
        axes.stream()
            .mapToInt(axis -> axis.stream().mapToInt(d -> shape[d]).reduce(1, Math::multiplyExact))
            .toArray();
    FeatureShape own = new FeatureShape(sizes[0], sizes[1], sizes[2]);
    Tensor value = new Tensor(List.of(sizes[0], sizes[1], sizes[2]), constant.floats());
    int node = draft.add(new TokenOperation.Known(own), Map.of("value", value), draft.map(beside));
    return View.of(node, shape, axes);
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
