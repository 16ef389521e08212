package org.whisker.onnx;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.whisker.network.Network.FeatureShape;
import org.whisker.onnx.Scope.Value;
import org.whisker.value.Checks;

/**
 * A tensor that depends on the picture: the map of a node of the network under construction, seen
 * through reshapes and transposes that were not carried out. The map's three axes (channels, rows,
 * columns) are split into factors, and each dimension of the tensor lists the factors of which it
 * consists, outermost first; one of size 1 has none. So the transposes at the border of a
 * channels-last export, and those around a layer norm, cancel by themselves.
 *
 * @param node its position
 * @param own sizes of the factors of each axis of the map, outermost first, without ones
 * @param dims the factors of each dimension
 */
record View(int node, List<List<Integer>> own, List<List<Factor>> dims) implements Value {
  static final int CHANNELS = 0;
  static final int ROWS = 1;
  static final int COLUMNS = 2;

  /**
   * A factor of an axis.
   *
   * @param index in {@link View#own}
   */
  record Factor(int axis, int index) {}

  View {
    own = own.stream().map(List::copyOf).toList();
    dims = dims.stream().map(List::copyOf).toList();
  }

  /** A map as N × channels × rows × columns. */
  static View map(int node, FeatureShape shape) {
    List<List<Integer>> own =
        List.of(factor(shape.channels()), factor(shape.height()), factor(shape.width()));
    List<List<Factor>> dims = new ArrayList<>(List.of(List.of()));
    for (int axis = 0; axis < 3; axis++) {
      dims.add(own.get(axis).isEmpty() ? List.of() : List.of(new Factor(axis, 0)));
    }
    return new View(node, own, dims);
  }

  /** A map of one position as N × channels. */
  static View vector(int node, int length) {
    return map(node, FeatureShape.vector(length)).dropped(3).dropped(2);
  }

  /**
   * A tensor of a shape whose map has these dimensions as its axes, the first of each outermost;
   * all others are of size 1.
   */
  static View of(int node, int[] shape, List<List<Integer>> axes) {
    List<List<Integer>> own = new ArrayList<>();
    List<List<Factor>> dims = new ArrayList<>(Collections.nCopies(shape.length, List.of()));
    for (int axis = 0; axis < 3; axis++) {
      List<Integer> sizes = new ArrayList<>();
      for (int d : axes.get(axis)) {
        if (shape[d] > 1) {
          dims.set(d, List.of(new Factor(axis, sizes.size())));
          sizes.add(shape[d]);
        }
      }
      own.add(sizes);
    }
    return new View(node, own, dims);
  }

  private static List<Integer> factor(int size) {
    return size == 1 ? List.of() : List.of(size);
  }

  int rank() {
    return dims.size();
  }

  @Override
  public int[] shape() {
    return dims.stream().mapToInt(this::size).toArray();
  }

  private int size(List<Factor> dim) {
    return dim.stream().mapToInt(this::size).reduce(1, (a, b) -> a * b);
  }

  int size(Factor factor) {
    return own.get(factor.axis()).get(factor.index());
  }

  /** The element, of a tensor with these strides, that belongs to a channel, row and column. */
  int element(int[] strides, int... at) {
    return IntStream.range(0, rank()).map(d -> strides[d] * index(d, at)).sum();
  }

  /** The index along a dimension of what lies at a channel, row and column of the map. */
  private int index(int dimension, int... at) {
    int index = 0;
    for (Factor f : dims.get(dimension)) {
      List<Integer> sizes = own.get(f.axis());
      int inner = sizes.subList(f.index() + 1, sizes.size()).stream().reduce(1, (a, b) -> a * b);
      index = index * size(f) + at[f.axis()] / inner % size(f);
    }
    return index;
  }

  /** The size of one of the map's axes. */
  int axisSize(int axis) {
    return own.get(axis).stream().reduce(1, (a, b) -> a * b);
  }

  /** All factors of some of the map's axes, in their order. */
  List<Factor> whole(int... axes) {
    List<Factor> all = new ArrayList<>();
    for (int axis : axes) {
      for (int i = 0; i < own.get(axis).size(); i++) {
        all.add(new Factor(axis, i));
      }
    }
    return all;
  }

  /** The factors of several dimensions, one after the other. */
  List<Factor> factors(int from, int to) {
    return dims.subList(from, to).stream().flatMap(List::stream).toList();
  }

  /** Whether it is the map itself, as N × channels × rows × columns. */
  boolean isMap() {
    return rank() == 4
        && dims.get(0).isEmpty()
        && dims.get(1).equals(whole(CHANNELS))
        && dims.get(2).equals(whole(ROWS))
        && dims.get(3).equals(whole(COLUMNS));
  }

  /** Returns the same view of another map of that shape. */
  View of(int other) {
    return new View(other, own, dims);
  }

  /**
   * Returns the same view of another map that has another number of channels; these are one
   * dimension.
   */
  View withChannels(int other, int channels, int dimension) {
    List<List<Integer>> axes = new ArrayList<>(own);
    axes.set(CHANNELS, factor(channels));
    List<List<Factor>> changed = new ArrayList<>(dims);
    changed.set(dimension, channels == 1 ? List.of() : List.of(new Factor(CHANNELS, 0)));
    return new View(other, axes, changed);
  }

  /** Returns the same view of another map, in which one factor has another size. */
  View withFactor(int other, Factor factor, int size) {
    List<List<Integer>> axes = new ArrayList<>(own);
    List<Integer> sizes = new ArrayList<>(own.get(factor.axis()));
    sizes.set(factor.index(), size);
    axes.set(factor.axis(), sizes);
    View changed = new View(other, axes, dims);
    return size == 1 ? changed.without(factor) : changed;
  }

  /** Returns the same view of another map, in which an axis is a dimension as a whole. */
  View withAxis(int other, int axis, int size, int dimension) {
    List<List<Integer>> axes = new ArrayList<>(own);
    axes.set(axis, factor(size));
    List<List<Factor>> changed = new ArrayList<>(dims);
    changed.set(dimension, size == 1 ? List.of() : List.of(new Factor(axis, 0)));
    return new View(other, axes, changed);
  }

  /** Whether elements of a tensor with these strides differ along an axis of the map. */
  boolean varies(int axis, int[] strides) {
    return IntStream.range(0, rank())
        .anyMatch(d -> strides[d] != 0 && dims.get(d).stream().anyMatch(f -> f.axis() == axis));
  }

  /**
   * The view of another map in the same layout, some of whose axes may be of size 1 instead.
   *
   * @param shape of the other map
   */
  View shrunk(int other, FeatureShape shape) {
    int[] sizes = {shape.channels(), shape.height(), shape.width()};
    List<List<Integer>> axes =
        IntStream.range(0, 3)
            .mapToObj(axis -> sizes[axis] == 1 ? List.<Integer>of() : own.get(axis))
            .toList();
    List<List<Factor>> changed =
        IntStream.range(0, rank())
            .mapToObj(d -> dims.get(d).stream().filter(f -> sizes[f.axis()] > 1).toList())
            .toList();
    return new View(other, axes, changed);
  }

  private View without(Factor gone) {
    List<List<Integer>> axes = new ArrayList<>(own);
    List<Integer> sizes = new ArrayList<>(own.get(gone.axis()));
    sizes.remove(gone.index());
    axes.set(gone.axis(), sizes);
    List<List<Factor>> changed = new ArrayList<>();
    for (List<Factor> dim : dims) {
      changed.add(dim.stream().filter(f -> !f.equals(gone)).map(f -> shifted(f, gone)).toList());
    }
    return new View(node, axes, changed);
  }

  private static Factor shifted(Factor f, Factor gone) {
    boolean behind = f.axis() == gone.axis() && f.index() > gone.index();
    return behind ? new Factor(f.axis(), f.index() - 1) : f;
  }

  /** Returns the same view of another map in which some axes have become one position. */
  View collapsed(int other, int... axes) {
    View view = of(other);
    for (int axis : axes) {
      while (!view.own.get(axis).isEmpty()) {
        view = view.without(new Factor(axis, 0));
      }
    }
    return view;
  }

  /** Adds dimensions of size one in front until there are {@code rank}. */
  View widened(int rank) {
    List<List<Factor>> more = new ArrayList<>(dims);
    while (more.size() < rank) {
      more.add(0, List.of());
    }
    return new View(node, own, more);
  }

  /** Removes a dimension of size one. */
  View dropped(int dimension) {
    List<List<Factor>> fewer = new ArrayList<>(dims);
    Checks.require(fewer.remove(dimension).isEmpty(), "dimension %s is not of size 1", dimension);
    return new View(node, own, fewer);
  }

  View transposed(int[] order) {
    return new View(node, own, Arrays.stream(order).mapToObj(dims::get).toList()).merged();
  }

  /**
   * Gives the same values another shape, row by row; empty where the factors don't allow it without
   * moving values.
   */
  Optional<View> reshaped(int[] target) {
    return new Regrouping(this).into(target).map(View::merged);
  }

  /** Joins neighbouring factors that stay side by side; so equal views have one form. */
  View merged() {
    for (int axis = 0; axis < 3; axis++) {
      for (int i = 0; i + 1 < own.get(axis).size(); i++) {
        Factor first = new Factor(axis, i);
        Factor second = new Factor(axis, i + 1);
        for (List<Factor> dim : dims) {
          int at = dim.indexOf(first);
          if (at >= 0 && at + 1 < dim.size() && dim.get(at + 1).equals(second)) {
            return joined(axis, i).merged();
          }
        }
      }
    }
    return this;
  }

  private View joined(int axis, int index) {
    List<Integer> sizes = new ArrayList<>(own.get(axis));
    sizes.set(index, sizes.get(index) * sizes.remove(index + 1));
    List<List<Integer>> axes = new ArrayList<>(own);
    axes.set(axis, sizes);
    Factor gone = new Factor(axis, index + 1);
    List<List<Factor>> changed = new ArrayList<>();
    for (List<Factor> dim : dims) {
      changed.add(dim.stream().filter(f -> !f.equals(gone)).map(f -> shifted(f, gone)).toList());
    }
    return new View(node, axes, changed);
  }

  /**
   * The view of the two combined value by value; empty unless their maps are broadcast as the
   * tensors are.
   */
  Optional<View> broadcastWith(View b) {
    List<List<Factor>> joined = new ArrayList<>();
    for (int i = 0; i < rank(); i++) {
      List<Factor> x = dims.get(i);
      List<Factor> y = b.dims().get(i);
      if (!x.equals(y) && !x.isEmpty() && !y.isEmpty()) {
        return Optional.empty();
      }
      joined.add(x.isEmpty() ? y : x);
    }
    List<List<Integer>> axes = new ArrayList<>();
    for (int axis = 0; axis < 3; axis++) {
      List<Integer> x = own.get(axis);
      List<Integer> y = b.own().get(axis);
      if (!x.equals(y) && !x.isEmpty() && !y.isEmpty()) {
        return Optional.empty();
      }
      axes.add(x.isEmpty() ? y : x);
    }
    long placed = joined.stream().flatMap(List::stream).distinct().count();
    long factors = axes.stream().mapToLong(List::size).sum();
    boolean once = joined.stream().mapToLong(List::size).sum() == placed && placed == factors;
    return once ? Optional.of(new View(node, axes, joined)) : Optional.empty();
  }

  /** Finds a view of another shape, splitting factors where the shape asks for it. */
  private static final class Regrouping {
    /** A factor under way: where it came from, and the sizes into which it is split. */
    private static final class Piece {
      private final int axis;
      private final int from;
      private int size;
      private int index;

      Piece(int axis, int from, int size) {
        this.axis = axis;
        this.from = from;
        this.size = size;
      }
    }

    private final View view;
    private final List<List<Piece>> own = new ArrayList<>();
    private final Deque<Piece> open = new ArrayDeque<>();

    Regrouping(View view) {
      this.view = view;
      for (int axis = 0; axis < 3; axis++) {
        List<Piece> pieces = new ArrayList<>();
        for (int i = 0; i < view.own().get(axis).size(); i++) {
          pieces.add(new Piece(axis, i, view.own().get(axis).get(i)));
        }
        own.add(pieces);
      }
      for (Factor factor : view.factors(0, view.rank())) {
        open.add(own.get(factor.axis()).get(factor.index()));
      }
    }

    Optional<View> into(int[] target) {
      List<List<Piece>> dims = new ArrayList<>();
      for (int size : target) {
        List<Piece> dim = new ArrayList<>();
        if (!fill(size, dim)) {
          return Optional.empty();
        }
        dims.add(dim);
      }
      return open.isEmpty() ? Optional.of(finished(dims)) : Optional.empty();
    }

    private boolean fill(int size, List<Piece> dim) {
      int left = size;
      while (left > 1) {
        Piece next = open.poll();
        if (next == null) {
          return false;
        }
        if (left % next.size != 0) {
          if (next.size % left != 0) {
            return false;
          }
          split(next, left);
        }
        left /= next.size;
        dim.add(next);
      }
      return left == 1;
    }

    private void split(Piece piece, int outer) {
      Piece rest = new Piece(piece.axis, piece.from, piece.size / outer);
      piece.size = outer;
      List<Piece> pieces = own.get(piece.axis);
      pieces.add(pieces.indexOf(piece) + 1, rest);
      open.push(rest);
    }

    private View finished(List<List<Piece>> dims) {
      for (List<Piece> pieces : own) {
        for (int i = 0; i < pieces.size(); i++) {
          pieces.get(i).index = i;
        }
      }
      return new View(
          view.node(),
          own.stream().map(pieces -> pieces.stream().map(p -> p.size).toList()).toList(),
          dims.stream()
              .map(dim -> dim.stream().map(p -> new Factor(p.axis, p.index)).toList())
              .toList());
    }
  }
}
