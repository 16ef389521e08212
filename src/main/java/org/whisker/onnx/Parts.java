package org.whisker.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.whisker.network.Layer;
import org.whisker.network.Operation;
import org.whisker.network.Operation.Pad;
import org.whisker.network.TokenOperation;
import org.whisker.onnx.Draft.Step;
import org.whisker.onnx.Scope.Value;
import org.whisker.value.Checks;

/** Parts of tensors, and tensors joined from parts. */
record Parts(Scope scope) {
  private static final int MOST_PARTS = 64;

  View cut(View given, int dimension, int start, int count, int step) {
    int size = given.shape()[dimension];
    if (count == size && step == 1) {
      return given;
    }
    Checks.refuse(count < 1, "nothing is left of dimension %s", dimension);
    if (step < 0) {
      return picked(given, dimension, start, count, step);
    }
    View x = cuttable(given, dimension, step) ? given : scope.layout().alongAxis(given, dimension);
    if (!cuttable(x, dimension, step)) {
      return picked(x, dimension, start, count, step);
    }
    View.Factor factor = x.dims().get(dimension).get(0);
    Operation.Range[] ranges = new Operation.Range[3];
    for (int axis = 0; axis < 3; axis++) {
      ranges[axis] = Operation.Range.all(x.axisSize(axis));
    }
    int inner = x.axisSize(factor.axis()) / size;
    ranges[factor.axis()] =
        inner == 1
            ? range(start, count, step)
            : new Operation.Range(start * inner, (start + count) * inner, 1);
    int made = scope.draft().cut(x.node(), ranges[0], ranges[1], ranges[2]);
    return x.withFactor(made, factor, count);
  }

  /** Whether a dimension is an axis of the map, or the outermost factor of one. */
  private static boolean cuttable(View view, int dimension, int step) {
    List<View.Factor> dim = view.dims().get(dimension);
    return dim.size() == 1
        && dim.get(0).index() == 0
        && (step == 1 || view.own().get(dim.get(0).axis()).size() == 1);
  }

  private View picked(View x, int dimension, int start, int count, int step) {
    return picked(x, dimension, IntStream.range(0, count).map(i -> start + i * step).toArray());
  }

  View picked(View x, int dimension, int[] indices) {
    Checks.refuse(indices.length == 0, "nothing is left of dimension %s", dimension);
    if (runs(indices) > MOST_PARTS || x.dims().get(dimension).isEmpty()) {
      return one(x, dimension, indices);
    }
    List<View> parts = new ArrayList<>();
    for (int i = 0; i < indices.length; ) {
      int count = 1;
      while (i + count < indices.length && indices[i + count] == indices[i] + count) {
        count++;
      }
      parts.add(cut(x, dimension, indices[i], count, 1));
      i += count;
    }
    return joined(parts, dimension);
  }

  /** How many times an index does not follow the one before it. */
  private static int runs(int[] indices) {
    return (int)
        IntStream.range(0, indices.length)
            .filter(i -> i == 0 || indices[i] != indices[i - 1] + 1)
            .count();
  }

  /** All picked by one operation. */
  private View one(View given, int dimension, int[] indices) {
    if (given.dims().get(dimension).isEmpty()) {
      return scope.layout().repeated(given, dimension, indices.length);
    }
    View x = scope.layout().alongAxis(given, dimension);
    int axis = Layout.axis(x, dimension);
    Layer pick =
        new TokenOperation.Pick(
            List.of(TokenOperation.Axis.values()).get(axis),
            Arrays.stream(indices).boxed().toList());
    int made = scope.draft().add(pick, scope.draft().map(x.node()));
    return x.withAxis(made, axis, indices.length, dimension);
  }

  View joined(List<View> given, int dimension) {
    if (given.size() == 1) {
      return given.get(0);
    }
    checkFit(given, dimension);
    Optional<View> wrapped = wrapped(given, dimension);
    if (wrapped.isPresent()) {
      return wrapped.get();
    }
    View first = given.get(0);
    int axis = IntStream.range(0, 3).filter(a -> alike(given, dimension, a)).findFirst().orElse(-1);
    List<View> parts = given;
    if (axis < 0) {
      first = widest(given, dimension);
      axis = Layout.axisFor(first, dimension);
      parts = new ArrayList<>();
      for (View view : given) {
        View wanted = first.withAxis(first.node(), axis, view.shape()[dimension], dimension);
        parts.add(scope.layout().like(view, wanted));
      }
      Checks.require(alike(parts, dimension, axis), "maps of different layouts can't be joined");
    }
    int[] nodes = parts.stream().mapToInt(part -> scope.draft().map(part.node())).toArray();
    int made =
        axis == View.CHANNELS
            ? scope.draft().concat(parts.stream().map(View::node).toList())
            : scope
                .draft()
                .add(
                    new TokenOperation.Join(List.of(TokenOperation.Axis.values()).get(axis)),
                    nodes);
    int size = parts.stream().mapToInt(part -> part.shape()[dimension]).sum();
    return parts.get(0).withAxis(made, axis, size, dimension);
  }

  /** The part that has most of a dimension, which is an axis of its own. */
  private View widest(List<View> parts, int dimension) {
    View most =
        parts.stream().max(Comparator.comparingInt(part -> part.shape()[dimension])).orElseThrow();
    return scope.layout().withAxisFor(most, dimension);
  }

  /** Views and known tensors one behind the other. */
  View joinedValues(List<Value> given, int dimension) {
    View first =
        widest(
            given.stream().filter(View.class::isInstance).map(View.class::cast).toList(),
            dimension);
    int axis = Layout.axisFor(first, dimension);
    List<View> parts = new ArrayList<>();
    for (Value value : given) {
      int size = value.shape()[dimension];
      View wanted = first.withAxis(first.node(), axis, size, dimension);
      parts.add(
          value instanceof Constant known
              ? scope.layout().known(known, wanted, true)
              : (View) value);
    }
    return joined(parts, dimension);
  }

  private static void checkFit(List<View> parts, int dimension) {
    int[] first = parts.get(0).shape();
    for (View part : parts) {
      int[] shape = part.shape();
      if (shape.length == first.length) {
        shape[dimension] = first[dimension];
      }
      if (!Arrays.equals(shape, first)) {
        throw new IllegalArgumentException(
            "cannot join %s and %s"
                .formatted(Arrays.toString(part.shape()), Arrays.toString(first)));
      }
    }
  }

  /** Whether the dimension is that axis of all, and all else is the same. */
  private static boolean alike(List<View> parts, int dimension, int axis) {
    View first = parts.get(0);
    for (View part : parts) {
      List<List<View.Factor>> dims = new ArrayList<>(part.dims());
      dims.set(dimension, first.dims().get(dimension));
      boolean whole =
          part.dims().get(dimension).equals(part.whole(axis)) && part.own().get(axis).size() <= 1;
      if (!whole || !dims.equals(first.dims()) || !sameBeside(part, first, axis)) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameBeside(View a, View b, int axis) {
    return IntStream.range(0, 3)
        .filter(other -> other != axis)
        .allMatch(other -> a.own().get(other).equals(b.own().get(other)));
  }

  /**
   * The last rows or columns of a map, the map, and its first ones: padding by the opposite border,
   * as PyTorch writes it.
   */
  private Optional<View> wrapped(List<View> parts, int dimension) {
    for (int i = 0; i < parts.size(); i++) {
      View whole = parts.get(i);
      for (int axis : new int[] {View.ROWS, View.COLUMNS}) {
        if (whole.dims().get(dimension).equals(whole.whole(axis)) && !whole.whole(axis).isEmpty()) {
          int before = i == 0 ? 0 : part(parts.subList(0, i), whole, axis, true);
          int after =
              i == parts.size() - 1
                  ? 0
                  : part(parts.subList(i + 1, parts.size()), whole, axis, false);
          if (before >= 0 && after >= 0) {
            return Optional.of(wrapped(whole, axis, new Pad.Sides(before, after)));
          }
        }
      }
    }
    return Optional.empty();
  }

  private View wrapped(View x, int axis, Pad.Sides sides) {
    Pad.Sides rows = axis == View.ROWS ? sides : Pad.Sides.NONE;
    Pad.Sides columns = axis == View.COLUMNS ? sides : Pad.Sides.NONE;
    Pad pad = new Pad(Pad.Sides.NONE, rows, columns, Pad.Mode.CIRCULAR);
    int made = scope.draft().add(pad, scope.draft().map(x.node()));
    int size = x.axisSize(axis) + sides.before() + sides.after();
    return x.withFactor(made, new View.Factor(axis, 0), size);
  }

  /** How many rows or columns of the end or the beginning the only part is; negative for others. */
  private int part(List<View> parts, View of, int axis, boolean end) {
    Operation.@Nullable Range range = parts.size() == 1 ? cutFrom(parts.get(0), of, axis) : null;
    if (range == null || range.step() != 1) {
      return -1;
    }
    boolean fits = end ? range.to() == of.axisSize(axis) : range.from() == 0;
    return fits ? range.count() : -1;
  }

  /** The rows or columns of a map that a part is; null unless it is all of the rest of it. */
  private Operation.@Nullable Range cutFrom(View part, View of, int axis) {
    Draft.Entry node = scope.draft().node(part.node());
    if (!(node.step() instanceof Step.Known known)
        || !(known.layer() instanceof Operation.Cut cut)
        || node.inputs().get(0) != scope.draft().map(of.node())
        || of.own().get(axis).size() != 1) {
      return null;
    }
    Operation.Range[] ranges = {cut.channels(), cut.rows(), cut.columns()};
    for (int other = 0; other < 3; other++) {
      if (other != axis && !ranges[other].equals(Operation.Range.all(of.axisSize(other)))) {
        return null;
      }
    }
    return ranges[axis];
  }

  /** The part of an axis. */
  private static Operation.Range range(int start, int count, int step) {
    return new Operation.Range(start, start + (count - 1) * step + 1, step);
  }
}
