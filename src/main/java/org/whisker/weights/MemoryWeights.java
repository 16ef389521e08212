package org.whisker.weights;

import java.nio.FloatBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Tensors held in memory. */
final class MemoryWeights implements Weights {
  private final SortedMap<String, Tensor> tensors;

  MemoryWeights(Map<String, Tensor> tensors) {
    this.tensors = Collections.unmodifiableSortedMap(new TreeMap<>(tensors));
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
