package org.whisker.cli.position;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.whisker.cli.shared.ResizeOption;
import org.whisker.cli.shared.RunningOptions;
import org.whisker.position.BlockProbe.Fill;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.position.ProbeConfig;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is probed. */
final class ProbeOptions {
  @Option(
      names = "--image",
      paramLabel = "FILE",
      description = {
        "The picture to change; a photo is resized and cropped as score does. Default: white.",
        "With an evolved image, each of its black pixels is also removed."
      })
  private @Nullable Path image;

  @Mixin private final ResizeOption resize = new ResizeOption();

  @Option(
      names = "--block",
      paramLabel = "K",
      defaultValue = "1",
      description = "Change K x K pixels at once, at every position where they fit. Default: 1.")
  private int block = 1;

  @Option(
      names = "--mode",
      paramLabel = "M",
      description = {
        "add (make black), remove (make white) or both.",
        "Default: add on white, both on an image. Pixels that already have the new colour are"
            + " skipped."
      })
  private @Nullable String mode;

  @Option(
      names = "--pairs",
      paramLabel = "N",
      defaultValue = "0",
      description = {
        "Also change N pairs of each kind (edge, centre, mixed) and measure how far their"
            + " effects are from additive. Conclusions need at least 30. Default: 0, none."
      })
  private int pairs;

  /**
   * What was asked for.
   *
   * @throws InvalidRequestException for a value that can't be
   */
  ProbeConfig config(String model, long seed, RunningOptions running) {
    List<Fill> fills = fills();
    return InvalidRequestException.check(
        () ->
            new ProbeConfig(
                model,
                Optional.ofNullable(image),
                block,
                fills,
                pairs,
                seed,
                running.device(),
                running.precision(),
                resize.get()));
  }

  private List<Fill> fills() {
    String asked = mode == null ? image == null ? "add" : "both" : mode;
    return switch (asked) {
      case "add" -> List.of(Fill.BLACK);
      case "remove" -> List.of(Fill.WHITE);
      case "both" -> List.of(Fill.BLACK, Fill.WHITE);
      default ->
          throw new InvalidRequestException(
              "--mode must be add, remove or both, was '" + mode + "'");
    };
  }
}
