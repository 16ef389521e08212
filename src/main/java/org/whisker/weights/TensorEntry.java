package org.whisker.weights;

import java.util.List;

/**
 * One tensor as described by a safetensors header, not yet validated.
 *
 * @param begin offset of its bytes from the end of the header
 * @param end offset of the end of its bytes
 */
record TensorEntry(String name, String dtype, List<Long> shape, long begin, long end) {
  TensorEntry {
    shape = List.copyOf(shape);
  }

  /** Whether it is batch norm's count of batches: an integer that is not part of the weights. */
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
