package org.whisker.weights;

import java.nio.FloatBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.whisker.value.Checks;
import org.whisker.weights.DType.Storage;

/** Named float32 tensors. Looking up an unknown name throws NoSuchElementException. */
public interface Weights {
  /** All names, sorted. */
  Set<String> names();

  /** The dimensions of a tensor, outermost first; empty for a scalar. */
  List<Integer> shape(String name);

  /**
   * The values of a tensor, row-major, from position 0 to the limit. The buffer is read-only and
   * the caller's own: reading it does not move any other position.
   */
  FloatBuffer floats(String name);

  /** The origin of the weights, for error messages. */
  default String origin() {
    return MemoryWeights.ORIGIN;
  }

  /**
   * Lays these tensors over those of {@code base}: a name that both have is taken from here.
   * Nothing is copied.
   */
  default Weights over(Weights base) {
    Map<String, Tensor> all = new TreeMap<>();
    base.names().forEach(name -> all.put(name, new Tensor(base.shape(name), base.floats(name))));
    names().forEach(name -> all.put(name, new Tensor(shape(name), floats(name))));
    return of(all, base.origin());
  }

  /** Rounds these weights as a file of this storage would give them back. */
  default Weights rounded(Storage storage) {
    Map<String, Tensor> all = new TreeMap<>();
    for (String name : names()) {
      all.put(name, new Tensor(shape(name), storage.of(name).rounded(floats(name))));
    }
    return of(all);
  }

  /** Weights of these tensors, by name; values are not copied. */
  static Weights of(Map<String, Tensor> tensors) {
    return of(tensors, MemoryWeights.ORIGIN);
  }

  /** The same, read from a file of that name. */
  static Weights of(Map<String, Tensor> tensors, String origin) {
    return new MemoryWeights(tensors, origin);
  }

  /**
   * One float32 tensor.
   *
   * @param shape its dimensions, outermost first; empty for a scalar
   * @param floats its values, row-major; a read-only view, not copied
   */
  public record Tensor(List<Integer> shape, FloatBuffer floats) {
    public Tensor {
      shape = List.copyOf(shape);
      floats = floats.slice().asReadOnlyBuffer();
      Checks.refuse(
          shape.stream().anyMatch(d -> d < 0), "a tensor has a negative dimension: %s", shape);
      long size = shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
      if (size != floats.remaining()) {
        throw new IllegalArgumentException(
            floats.remaining() + " values do not fill a tensor of shape " + shape);
      }
    }

    /** A tensor over an array, which is not copied. */
    public static Tensor of(List<Integer> shape, float... values) {
      return new Tensor(shape, FloatBuffer.wrap(values));
    }

    /** The values, in a buffer whose position is the caller's own. */
    @Override
    public FloatBuffer floats() {
      return floats.duplicate();
    }
  }

  static final class MemoryWeights implements Weights {
    private static final String ORIGIN = "the weights in memory";

    private final SortedMap<String, Tensor> tensors;

    private final String origin;

    MemoryWeights(Map<String, Tensor> tensors, String origin) {
      this.tensors = Collections.unmodifiableSortedMap(new TreeMap<>(tensors));
      this.origin = origin;
    }

    @Override
    public String origin() {
      return origin;
    }

    @Override
    public Set<String> names() {
      return tensors.keySet();
    }

    @Override
    public List<Integer> shape(String name) {
      return tensor(name).shape();
    }

    @Override
    public FloatBuffer floats(String name) {
      return tensor(name).floats();
    }

    private Tensor tensor(String name) {
      Tensor tensor = tensors.get(name);
      if (tensor == null) {
        throw new NoSuchElementException("no tensor " + name);
      }
      return tensor;
    }
  }
}
