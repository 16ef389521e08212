package org.whisker.cli.models;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.whisker.network.Network;
import org.whisker.network.Padding;
import org.whisker.study.InvalidRequestException;
import picocli.CommandLine.Option;

/** What to show of a network. */
final class NetworkOptions {
  @Option(
      names = "--layer",
      paramLabel = "LAYER",
      description = {
        "Counts paths to this layer: a name in the table, or a stage.",
        "Default: the last feature map before the head."
      })
  private @Nullable String layer;

  @Option(
      names = "--padding",
      split = ",",
      paramLabel = "P",
      description =
          "Counts paths under these only: zero, reflect, replicate, circular. Default: all.")
  private @Nullable List<String> paddings;

  @Option(
      names = "--gradient",
      paramLabel = "N",
      description =
          "Runs a model on N noise images to measure the effective receptive field of the layer's"
              + " centre unit, with its own weights and with random ones. Default: 0, no run.")
  private int gradient;

  @Option(
      names = "--all",
      description =
          "Also lists batch norm, ReLU and dropout in the table. layers.csv always has them.")
  private boolean all;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Output folder, new or empty. Default: a new one in analyses/.")
  private @Nullable Path out;

  /**
   * On how many pictures to measure the effective receptive field; 0 for not at all.
   *
   * @throws InvalidRequestException for fewer than none
   */
  int gradient() {
    InvalidRequestException.refuse(gradient < 0, "--gradient must be at least 0, was " + gradient);
    return gradient;
  }

  boolean all() {
    return all;
  }

  Optional<Path> out() {
    return Optional.ofNullable(out);
  }

  /** The position of the layer in this network. */
  int layer(Network network) {
    String name = layer;
    return name == null
        ? network.lastFeatureMap()
        : InvalidRequestException.check(() -> network.position(name));
  }

  /** Those asked for; empty for all that can be had. */
  Set<Padding> paddings() {
    Set<Padding> asked = EnumSet.noneOf(Padding.class);
    for (String padding : paddings == null ? List.<String>of() : paddings) {
      asked.add(InvalidRequestException.check(() -> Padding.parse(padding)));
    }
    return asked;
  }
}
