package org.whisker.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.whisker.onnx.OnnxBuilder.integer;
import static org.whisker.onnx.OnnxBuilder.ints;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.image.GrayImage;
import org.whisker.network.Network.FeatureShape;
import org.whisker.onnx.graph.OnnxException;

/**
 * Graphs that move values about at random give what ONNX Runtime gives, or are refused; most are
 * read.
 */
class RandomLayoutsTest {
  private static final int GRAPHS = 25;

  @TempDir private Path folder;

  private record Value(String name, List<Long> dims) {
    static Value of(String name, long... dims) {
      return new Value(name, Arrays.stream(dims).boxed().toList());
    }

    int rank() {
      return dims.size();
    }

    long[] shape() {
      return dims.stream().mapToLong(d -> d).toArray();
    }

    long size() {
      return dims.stream().reduce(1L, (a, b) -> a * b);
    }
  }

  /** A graph under construction; its first dimension is the batch, of one picture. */
  private static final class Moves {
    private final Random random;
    private final OnnxBuilder graph = new OnnxBuilder(18, 1, 3, 9, 8);
    private final List<Value> values = new ArrayList<>(List.of(Value.of("x", 1, 3, 9, 8)));

    Moves(Random random) {
      this.random = random;
      int steps = 3 + random.nextInt(6);
      while (values.size() <= steps) {
        step(last(), "v" + values.size());
      }
    }

    Path write(Path file) throws Exception {
      return graph.node("Flatten", "z", last().name()).behindConvolution().write(file, "z");
    }

    private Value last() {
      return values.get(values.size() - 1);
    }

    private void step(Value x, String name) {
      switch (random.nextInt(8)) {
        case 0 -> transpose(x, name);
        case 1 -> reshape(x, name);
        case 2 -> slice(x, name);
        case 3 -> combine(x, name);
        case 4 -> reduce(x, name);
        case 5 -> multiply(x, name);
        case 6 -> softmax(x, name);
        default -> concat(x, name);
      }
    }

    private int axis(Value x) {
      return 1 + random.nextInt(x.rank() - 1);
    }

    private void transpose(Value x, String name) {
      List<Integer> order = new ArrayList<>(IntStream.range(1, x.rank()).boxed().toList());
      Collections.shuffle(order, random);
      order.add(0, 0);
      long[] perm = order.stream().mapToLong(i -> i).toArray();
      graph.node("Transpose", name, x.name()).with(ints("perm", perm));
      values.add(Value.of(name, order.stream().mapToLong(i -> x.shape()[i]).toArray()));
    }

    /** To the prime factors of the size, joined at random. */
    private void reshape(Value x, String name) {
      List<Long> dims = new ArrayList<>(List.of(1L));
      long open = 1;
      for (long left = x.size(), d = 2; left > 1; ) {
        if (left % d != 0) {
          d++;
          continue;
        }
        left /= d;
        open *= d;
        if (dims.size() < 4 && random.nextInt(3) == 0) {
          dims.add(open);
          open = 1;
        }
      }
      dims.add(open);
      long[] shape = dims.stream().mapToLong(d -> d).toArray();
      graph.node("Reshape", name, x.name(), graph.integers(shape));
      values.add(Value.of(name, shape));
    }

    private void slice(Value x, String name) {
      int axis = axis(x);
      long[] shape = x.shape();
      long start = random.nextInt((int) shape[axis]);
      long step = 1L + random.nextInt(2);
      shape[axis] = (shape[axis] - start + step - 1) / step;
      graph.node(
          "Slice",
          name,
          x.name(),
          graph.integers(start),
          graph.integers(Long.MAX_VALUE),
          graph.integers(axis),
          graph.integers(step));
      values.add(Value.of(name, shape));
    }

    /** With an earlier value of this shape, else with one number for each index of an axis. */
    private void combine(Value x, String name) {
      Optional<Value> other =
          values.subList(0, values.size() - 1).stream()
              .filter(v -> v.dims().equals(x.dims()))
              .findFirst();
      long[] per = new long[x.rank()];
      Arrays.fill(per, 1);
      int axis = axis(x);
      per[axis] = x.shape()[axis];
      String by = other.map(Value::name).orElseGet(() -> graph.weights(per));
      graph.node(random.nextBoolean() ? "Add" : "Mul", name, x.name(), by);
      values.add(Value.of(name, x.shape()));
    }

    private void reduce(Value x, String name) {
      int axis = axis(x);
      boolean keep = x.rank() == 2 || random.nextBoolean();
      List<Long> shape = new ArrayList<>(x.dims());
      if (keep) {
        shape.set(axis, 1L);
      } else {
        shape.remove(axis);
      }
      graph
          .node(
              random.nextBoolean() ? "ReduceMax" : "ReduceMean",
              name,
              x.name(),
              graph.integers(axis))
          .with(integer("keepdims", keep ? 1 : 0));
      values.add(new Value(name, List.copyOf(shape)));
    }

    private void multiply(Value x, String name) {
      long[] shape = x.shape();
      long out = 1L + random.nextInt(6);
      graph.node("MatMul", name, x.name(), graph.weights(shape[shape.length - 1], out));
      shape[shape.length - 1] = out;
      values.add(Value.of(name, shape));
    }

    private void softmax(Value x, String name) {
      graph.node("Softmax", name, x.name()).with(integer("axis", axis(x)));
      values.add(Value.of(name, x.shape()));
    }

    private void concat(Value x, String name) {
      int axis = axis(x);
      long[] shape = x.shape();
      shape[axis] *= 2;
      graph.node("Concat", name, x.name(), x.name()).with(integer("axis", axis));
      values.add(Value.of(name, shape));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void giveWhatOnnxRuntimeGives(int seed) throws Exception {
    Random random = new Random(seed);
    FeatureShape shape = new FeatureShape(3, 9, 8);
    GrayImage picture = OnnxRuntime.picture(shape, 2 + seed);
    int read = 0;
    for (int i = 0; i < GRAPHS; i++) {
      Path file = new Moves(random).write(folder.resolve(i + ".onnx"));
      float[] wanted = OnnxRuntime.outputs(file, shape, picture);
      Optional<OnnxModel> model = model(file);
      if (model.isPresent() && model.get().ending() == OnnxModel.Ending.NONE) {
        float[] found = OnnxRuntime.outputs(model.get(), picture);
        assertEquals(wanted.length, found.length, "graph " + i);
        double difference = OnnxRuntime.difference(wanted, found);
        assertTrue(difference < 1e-4, "graph " + i + " differs by " + difference);
        float[] rounded = OnnxRuntime.rounded(model.get(), picture);
        difference = OnnxRuntime.difference(wanted, rounded);
        assertTrue(difference < 0.1, "in bfloat16 graph " + i + " differs by " + difference);
        read++;
      }
    }
    assertTrue(read > GRAPHS / 2, read + " were read");
  }

  private static Optional<OnnxModel> model(Path file) {
    try {
      return Optional.of(OnnxModel.read(file, Optional.empty()));
    } catch (OnnxException e) {
      return Optional.empty();
    }
  }
}
