package org.whisker.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.whisker.weights.Weights;

/** Access to the vectors of a {@link TrainingScript}'s state in pieces of bounded length. */
final class TrainingTensors {
  /** Floats per piece: 16 MiB. */
  static final int PIECE = 1 << 22;

  private final TorchModule module;

  TrainingTensors(TorchModule module) {
    this.module = module;
  }

  /** The location of a tensor: the state's vector, the offset in it, the tensor's shape. */
  record Place(int vector, int offset, List<Integer> shape) {
    int size() {
      return shape.stream().reduce(1, Math::multiplyExact);
    }
  }

  /** Writes {@code values} into a vector. */
  void put(FloatBuffer values, int vector, int offset) {
    for (int from = 0; from < values.limit(); from += PIECE) {
      int size = Math.min(PIECE, values.limit() - from);
      try (NDManager scope = module.scope()) {
        NDArray piece = TorchModule.array(scope, values.slice(from, size), new Shape(size));
        module.record(scope, "put", piece, at(scope, vector, offset + from, size));
      }
    }
  }

  private FloatBuffer take(Place place) {
    FloatBuffer values = FloatBuffer.allocate(place.size());
    while (values.hasRemaining()) {
      int size = Math.min(PIECE, values.remaining());
      try (NDManager scope = module.scope()) {
        NDArray at = at(scope, place.vector(), place.offset() + values.position(), size);
        values.put(module.infer(scope, "take", at).singletonOrThrow().toFloatArray());
      }
    }
    return values.flip().asReadOnlyBuffer();
  }

  private static NDArray at(NDManager scope, int... numbers) {
    return scope.create(numbers);
  }

  /** Tensors by name, each fetched when it is read. */
  Weights view(Map<String, Place> places) {
    return new View(Collections.unmodifiableSortedMap(new TreeMap<>(places)));
  }

  private final class View implements Weights {
    private final SortedMap<String, Place> places;

    View(SortedMap<String, Place> places) {
      this.places = places;
    }

    @Override
    public Set<String> names() {
      return places.keySet();
    }

    @Override
    public List<Integer> shape(String name) {
      return place(name).shape();
    }

    @Override
    public FloatBuffer floats(String name) {
      return take(place(name));
    }

    private Place place(String name) {
      Place place = places.get(name);
      if (place == null) {
        throw new NoSuchElementException("no tensor " + name);
      }
      return place;
    }
  }
}
