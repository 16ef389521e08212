package org.whisker.command;

import org.jspecify.annotations.Nullable;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.ScoringConfig;
import org.whisker.job.SearchPrecision;
import org.whisker.network.Window.Padding;
import org.whisker.torch.DeviceNames;
import picocli.CommandLine.Option;

/** What a search runs on, and in which numbers. */
public final class SearchScoringOptions {
  @Option(
      names = "--device",
      defaultValue = DeviceNames.AUTO,
      paramLabel = "DEVICE",
      description = DeviceNames.SEVERAL + ". Default: " + DeviceNames.AUTO + ".")
  private String device = DeviceNames.AUTO;

  @Option(
      names = "--precision",
      paramLabel = "P",
      defaultValue = SearchPrecision.AUTO,
      description = {
        "Precision in which the search scores: float32, bfloat16 (faster on some processors), or"
            + " auto (bfloat16 where the processor or GPU is made for it and both rank images"
            + " alike).",
        "Results are reported in float32. Default: auto."
      })
  private String precision = SearchPrecision.AUTO;

  @Option(
      names = "--padding",
      paramLabel = "P",
      description =
          "Search with the same weights under another padding: zero, reflect, replicate or circular."
              + " Default: the model's own.")
  private @Nullable String padding;

  /**
   * What was asked for.
   *
   * @throws InvalidRequestException for a device or precision that there is not
   */
  public ScoringConfig config() {
    ScoringConfig config = new ScoringConfig(device, precision);
    config.devices(); // before anything takes time
    String other = padding;
    return other == null
        ? config
        : config.withPadding(InvalidRequestException.check(() -> Padding.parse(other)));
  }
}
