package org.whisker.feature.models;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.whisker.feature.models.NetworkJob.NetworkConfig;
import org.whisker.job.InvalidRequestException;
import org.whisker.network.Padding;
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
  private List<String> paddings = List.of();

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
          "Also lists batch norm, activations and dropout in the table. layers.csv always has them.")
  private boolean all;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Output folder, new or empty. Default: a new one in analyses/.")
  private @Nullable Path out;

  boolean all() {
    return all;
  }

  /**
   * These as a configuration.
   *
   * @param network a model, by name or path, or a published network
   * @throws InvalidRequestException for what can't be
   */
  NetworkConfig config(String network) {
    return InvalidRequestException.check(
        () ->
            new NetworkConfig(
                network,
                Optional.ofNullable(layer),
                paddings.stream().map(Padding::parse).collect(Collectors.toSet()),
                gradient,
                Optional.ofNullable(out)));
  }
}
