package org.whisker.weights;

import java.nio.FloatBuffer;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.SortedMap;

/** Other weights under other names and shapes. */
final class FittedWeights implements Weights {
  /** The name of a tensor in the other weights, and its shape here. */
  record Source(String name, List<Integer> shape) {}

  private final Weights weights;
  private final SortedMap<String, Source> sources;

  FittedWeights(Weights weights, SortedMap<String, Source> sources) {
    this.weights = weights;
    this.sources = Collections.unmodifiableSortedMap(sources);
  }

  @Override
  public Set<String> names() {
    return sources.keySet();
  }

  @Override
  public List<Integer> shape(String name) {
    return source(name).shape();
  }

  @Override
  public FloatBuffer floats(String name) {
    return weights.floats(source(name).name());
  }

  @Override
  public String origin() {
    return weights.origin();
  }

  private Source source(String name) {
    Source source = sources.get(name);
    if (source == null) {
      throw new NoSuchElementException("no tensor " + name);
    }
    return source;
  }
}
