package org.whisker.weights;

import java.util.List;

/**
 * One tensor as a safetensors header describes it, before anything is believed.
 *
 * @param begin where its bytes begin, counted from the end of the header
 * @param end where they end
 */
record TensorEntry(String name, String dtype, List<Long> shape, long begin, long end) {
  TensorEntry {
    shape = List.copyOf(shape);
  }

  /** Batch norm's count of batches: a whole number that no weights hold. */
  boolean counter() {
    return name.endsWith("num_batches_tracked") && dtype.equals("I64");
  }

  long length() {
    return end - begin;
  }

  String label() {
    return "tensor " + Damage.quote(name);
  }
}
