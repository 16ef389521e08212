package org.whisker.onnx;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.whisker.network.Layer;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Operation;
import org.whisker.network.Operation.Combine;
import org.whisker.network.Operation.Rearrange;
import org.whisker.network.TokenOperation;
import org.whisker.onnx.Draft.Step;

/**
 * Recognises adaptive average pooling that is written as picked places, masks and sums: that part
 * of the graph is computed for a map of numbers, and compared with the means over PyTorch's
 * windows. So it doesn't matter how an exporter wrote it.
 */
record AdaptivePooling(Rewriting graph) {
  private static final int LONGEST = 200;
  private static final double TOLERANCE = 1e-5;

  static void replace(Rewriting graph) {
    AdaptivePooling pooling = new AdaptivePooling(graph);
    List<Integer> all = IntStream.range(1, graph.size()).boxed().toList();
    if (!pooling.picks(all)) {
      return;
    }
    boolean[] live = graph.live();
    for (int i = graph.size() - 1; i > 0; i--) {
      live = graph.changed() ? graph.live() : live;
      if (!graph.leftOut(i) && live[i] && isEnd(graph.step(i))) {
        pooling.replace(i);
      }
    }
  }

  /** Whether a node can be the last of a sum: it adds, or divides by numbers of places. */
  private static boolean isEnd(Step step) {
    return moves(step)
        && (step instanceof Step.Affine
            || layer(step) instanceof Combine
            || layer(step) instanceof Layer.ScaledAdd);
  }

  private void replace(int end) {
    FeatureShape to = graph.node(end).shape();
    int side = (int) Math.round(Math.sqrt((double) to.height() * to.width()));
    List<Integer> between = new ArrayList<>();
    int base = base(end, between);
    if (base < 0 || side * side != to.height() * to.width() || !picks(between)) {
      return;
    }
    FeatureShape from = graph.node(base).shape();
    int last = graph.input(end);
    boolean square = to.height() == side;
    if (from.channels() != to.channels() || (!square && !isReadByOne(last))) {
      return;
    }
    double[] x = new double[Math.toIntExact(from.size())];
    Arrays.setAll(x, i -> Math.sin(1.7 * i));
    Map<Integer, double[]> known = new HashMap<>(Map.of(base, x));
    if (!same(value(end, known), pooled(x, from, side))) {
      return;
    }
    int pool = square ? end : last;
    graph.replace(pool, new Layer.AdaptiveAvgPool(side), base);
    if (!square && onlyFlattened(end)) {
      graph.leaveOut(end, last);
    } else if (!square) {
      List<Integer> split = List.of(to.channels(), side, side);
      graph.replace(end, new Rearrange(split, List.of(0, 1, 2), to), last);
    }
  }

  private boolean onlyFlattened(int position) {
    return graph.readers().get(position).stream()
        .allMatch(
            i ->
                graph.step(i) instanceof Step.Known known
                    && known.layer() instanceof Layer.Flatten);
  }

  /** Whether one node needs the values of another; a known map reads only how many there are. */
  private boolean isReadByOne(int position) {
    return graph.readers().get(position).stream()
            .filter(reader -> !(layer(graph.step(reader)) instanceof TokenOperation.Known))
            .count()
        == 1;
  }

  /** The map of which all between is made; −1 if there is none, or other things are between. */
  private int base(int end, List<Integer> between) {
    int base = -1;
    List<Integer> open = new ArrayList<>(List.of(end));
    while (!open.isEmpty()) {
      int at = open.remove(0);
      if (layer(graph.step(at)) instanceof TokenOperation.Known || between.contains(at)) {
        continue;
      }
      if (moves(graph.step(at)) && between.size() < LONGEST) {
        between.add(at);
        open.addAll(graph.inputs(at));
      } else if (base >= 0 && base != at) {
        return -1;
      } else {
        base = at;
      }
    }
    return base;
  }

  private boolean picks(List<Integer> between) {
    return between.stream()
        .map(at -> layer(graph.step(at)))
        .anyMatch(
            layer -> layer instanceof TokenOperation.Pick || layer instanceof TokenOperation.Join);
  }

  private static Layer layer(Step step) {
    return step instanceof Step.Known known ? known.layer() : new Layer.Flatten();
  }

  private static boolean moves(Step step) {
    Layer layer = layer(step);
    return layer instanceof Rearrange
        || layer instanceof Operation.Cut
        || layer instanceof TokenOperation.Pick
        || layer instanceof TokenOperation.Join
        || layer instanceof Layer.ScaledAdd
        || layer instanceof Combine
        || (step instanceof Step.Affine affine && affine.scalar());
  }

  private double[] value(int at, Map<Integer, double[]> known) {
    double[] there = known.get(at);
    if (there != null) {
      return there;
    }
    double[] made = computed(at, known);
    known.put(at, made);
    return made;
  }

  private double[] computed(int at, Map<Integer, double[]> known) {
    FeatureShape shape = graph.node(at).shape();
    Layer layer = layer(graph.step(at));
    if (layer instanceof TokenOperation.Known) {
      double[] values = new double[Math.toIntExact(shape.size())];
      FloatBuffer floats =
          Objects.requireNonNull(graph.node(at).tensors().get("value"), "value").floats();
      Arrays.setAll(values, floats::get);
      return values;
    }
    if (layer instanceof TokenOperation.Join join) {
      return joined(join, at, known);
    }
    int first = graph.input(at);
    double[] x = value(first, known);
    FeatureShape in = graph.node(first).shape();
    if (graph.step(at) instanceof Step.Affine affine) {
      return Arrays.stream(x).map(v -> v * affine.scale(0) + affine.shift(0)).toArray();
    } else if (layer instanceof Rearrange rearrange) {
      return picked(x, rearranged(rearrange));
    } else if (layer instanceof Operation.Cut cut) {
      int[] strides = {in.height() * in.width(), in.width(), 1};
      int start =
          cut.channels().from() * strides[0]
              + cut.rows().from() * strides[1]
              + cut.columns().from();
      int[] steps = {cut.channels().step(), cut.rows().step(), cut.columns().step()};
      Arrays.setAll(strides, i -> strides[i] * steps[i]);
      return picked(x, Shapes.walk(sizes(shape), strides, start));
    } else if (layer instanceof TokenOperation.Pick pick) {
      return picked(x, sources(pick, in, shape));
    }
    int second = graph.inputs(at).get(1);
    double[] y = value(second, known);
    int[] a = Shapes.sources(sizes(in), sizes(shape));
    int[] b = Shapes.sources(sizes(graph.node(second).shape()), sizes(shape));
    Combine.Kind kind = layer instanceof Combine combine ? combine.kind() : Combine.Kind.ADD;
    double scale = layer instanceof Layer.ScaledAdd add ? add.scale() : 1;
    double[] values = new double[a.length];
    Arrays.setAll(values, i -> Formulas.combined(kind, x[a[i]], scale * y[b[i]]));
    return values;
  }

  private double[] joined(TokenOperation.Join join, int at, Map<Integer, double[]> known) {
    FeatureShape shape = graph.node(at).shape();
    int[] strides = Shapes.strides(sizes(shape));
    double[] values = new double[Math.toIntExact(shape.size())];
    int start = 0;
    for (int part : graph.inputs(at)) {
      double[] x = value(part, known);
      int[] to = Shapes.walk(sizes(graph.node(part).shape()), strides, start);
      for (int i = 0; i < to.length; i++) {
        values[to[i]] = x[i];
      }
      start += join.axis().of(graph.node(part).shape()) * strides[join.axis().dimension() - 1];
    }
    return values;
  }

  private static int[] rearranged(Rearrange rearrange) {
    int[] split = rearrange.split().stream().mapToInt(Integer::intValue).toArray();
    int[] strides = Shapes.strides(split);
    int[] to = rearrange.order().stream().mapToInt(i -> split[i]).toArray();
    return Shapes.walk(to, rearrange.order().stream().mapToInt(i -> strides[i]).toArray(), 0);
  }

  private static int[] sources(TokenOperation.Pick pick, FeatureShape in, FeatureShape to) {
    int axis = pick.axis().dimension() - 1;
    int[] strides = Shapes.strides(sizes(in));
    int[] own = strides.clone();
    own[axis] = 0;
    int[] sources = Shapes.walk(sizes(to), own, 0);
    int[] only = new int[3];
    only[axis] = 1;
    int[] which = Shapes.walk(sizes(to), only, 0);
    Arrays.setAll(sources, i -> sources[i] + pick.indices().get(which[i]) * strides[axis]);
    return sources;
  }

  private static int[] sizes(FeatureShape shape) {
    return new int[] {shape.channels(), shape.height(), shape.width()};
  }

  private static double[] picked(double[] x, int[] from) {
    return Arrays.stream(from).mapToDouble(i -> x[i]).toArray();
  }

  /** Means over windows of nearly equal size, as PyTorch's adaptive pooling takes them. */
  private static double[] pooled(double[] x, FeatureShape from, int side) {
    double[] means = new double[from.channels() * side * side];
    for (int i = 0; i < means.length; i++) {
      int[] rows = window(i / side % side, from.height(), side);
      int[] columns = window(i % side, from.width(), side);
      int start = i / (side * side) * from.height() * from.width();
      for (int row = rows[0]; row < rows[1]; row++) {
        for (int column = columns[0]; column < columns[1]; column++) {
          means[i] += x[start + row * from.width() + column];
        }
      }
      means[i] /= (double) (rows[1] - rows[0]) * (columns[1] - columns[0]);
    }
    return means;
  }

  private static int[] window(int at, int size, int side) {
    return new int[] {at * size / side, ((at + 1) * size + side - 1) / side};
  }

  private static boolean same(double[] a, double[] b) {
    for (int i = 0; i < b.length; i++) {
      if (a.length != b.length || !(Math.abs(a[i] - b[i]) < TOLERANCE)) {
        return false;
      }
    }
    return true;
  }
}
