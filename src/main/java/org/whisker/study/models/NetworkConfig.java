package org.whisker.study.models;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.whisker.network.Padding;

/**
 * What to derive from the graph of a network.
 *
 * @param network a stored model, by name or path, or a published network
 * @param layer that paths are counted to: a layer or a stage; empty: the last feature map before
 *     the head
 * @param paddings that paths are counted under; none: all that the network can have
 * @param gradientImages number of noise images over which the effective receptive field is
 *     measured; 0: not measured
 * @param out the output folder; empty: a new one, named by the time
 */
public record NetworkConfig(
    String network,
    Optional<String> layer,
    Set<Padding> paddings,
    int gradientImages,
    Optional<Path> out) {
  public NetworkConfig {
    paddings = paddings.isEmpty() ? EnumSet.noneOf(Padding.class) : EnumSet.copyOf(paddings);
    if (gradientImages < 0) {
      throw new IllegalArgumentException("--gradient must be at least 0, was " + gradientImages);
    }
  }
}
