package org.whisker.weights;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

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
    return "the weights in memory";
  }

  /**
   * These tensors, and those of {@code base} whose names are not among these; nothing is copied.
   */
  default Weights over(Weights base) {
    Map<String, Tensor> all = new TreeMap<>();
    base.names().forEach(name -> all.put(name, new Tensor(base.shape(name), base.floats(name))));
    names().forEach(name -> all.put(name, new Tensor(shape(name), floats(name))));
    return of(all);
  }

  /** These weights rounded as a file of this storage would give them back. */
  default Weights rounded(Storage storage) {
    Map<String, Tensor> all = new TreeMap<>();
    for (String name : names()) {
      all.put(name, new Tensor(shape(name), storage.of(name).rounded(floats(name))));
    }
    return of(all);
  }

  /** Weights of these tensors, by name; values are not copied. */
  static Weights of(Map<String, Tensor> tensors) {
    return new MemoryWeights(tensors);
  }
}
