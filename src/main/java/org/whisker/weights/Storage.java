package org.whisker.weights;

import java.util.List;

/**
 * How a weights file holds numbers.
 *
 * @param dtype of all tensors but those of {@code half}
 * @param half layers whose tensors are in IEEE half precision, where that matters least
 */
public record Storage(DType dtype, List<String> half) {
  public Storage {
    half = List.copyOf(half);
  }

  /** Every tensor in the same dtype, without exception. */
  public static Storage all(DType dtype) {
    return new Storage(dtype, List.of());
  }

  /** The dtype in which a tensor of that name is written. */
  DType of(String tensor) {
    int dot = tensor.lastIndexOf('.');
    return dot > 0 && half.contains(tensor.substring(0, dot)) ? DType.F16 : dtype;
  }
}
