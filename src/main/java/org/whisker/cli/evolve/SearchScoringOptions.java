package org.whisker.cli.evolve;

import org.jspecify.annotations.Nullable;
import org.whisker.network.Padding;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.SearchPrecision;
import org.whisker.study.evolve.ScoringConfig;
import picocli.CommandLine.Option;

/** What a search runs on, and in which numbers. */
public final class SearchScoringOptions {
  @Option(
      names = "--device",
      defaultValue = "auto",
      paramLabel = "DEVICE",
      description = {
        "auto (a GPU if there is one), cpu, gpu, gpu:N, or mps (the GPU of Apple silicon; never"
            + " tried); gpu:0,1 or gpu:all distribute the runs over several GPUs. Default: auto."
      })
  private String device = "auto";

  @Option(
      names = "--precision",
      paramLabel = "P",
      defaultValue = SearchPrecision.AUTO,
      description = {
        "Precision in which the search scores: float32, bfloat16 (faster on some processors), or"
            + " auto (the faster one, measured at the start, if both rank images alike).",
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
