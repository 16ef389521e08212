package org.whisker.network;

import java.util.List;

/**
 * One tensor of a network, as its weights file names it.
 *
 * @param name dotted, as in torchvision (VGG-16, MobileNet v2) and timm (Inception-ResNet v2):
 *     {@code features.0.weight}, {@code mixed_5b.branch1.0.bn.running_mean}
 * @param shape its dimensions; a convolution's weight is [out, in / groups, kernel height, kernel
 *     width], a linear layer's [out, in]
 */
public record Parameter(String name, Role role, List<Integer> shape) {
  /** The role of a tensor in its layer; determines how it is initialised, decayed and trained. */
  public enum Role {
    WEIGHT,
    BIAS,
    NORM_WEIGHT,
    NORM_BIAS,
    /** Batch norm's running mean: not trained by gradient. */
    RUNNING_MEAN,
    /** Batch norm's running variance: not trained by gradient. */
    RUNNING_VAR;

    /** Whether it is trained by gradient descent. */
    public boolean trained() {
      return this != RUNNING_MEAN && this != RUNNING_VAR;
    }
  }

  public Parameter {
    shape = List.copyOf(shape);
    if (shape.stream().anyMatch(d -> d < 1)) {
      throw new IllegalArgumentException(name + " has an empty dimension: " + shape);
    }
  }

  /** The number of its elements. */
  public long size() {
    return shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
  }
}
