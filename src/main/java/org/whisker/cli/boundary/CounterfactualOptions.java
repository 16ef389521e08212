package org.whisker.cli.boundary;

import org.whisker.study.InvalidRequestException;
import org.whisker.study.ModelConfig;
import org.whisker.study.boundary.CounterfactualConfig;
import org.whisker.study.boundary.ImageChoice;
import picocli.CommandLine.Option;

/** How photos become black and white, and how flips are searched for. */
final class CounterfactualOptions {
  @Option(
      names = "--threshold",
      paramLabel = "T",
      defaultValue = CounterfactualConfig.OTSU,
      description =
          "Pixels of a gray picture darker than this become black: 0 to 1, or otsu (Otsu's"
              + " threshold). Default: otsu.")
  private String threshold = CounterfactualConfig.OTSU;

  @Option(
      names = "--max-flips",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Number of flips at which the greedy search gives up. Default: 1000.")
  private int maxFlips = 1_000;

  @Option(
      names = "--candidates",
      paramLabel = "N",
      defaultValue = "16",
      description = "Maximum number of flips scored per greedy step. Default: 16.")
  private int candidates = 16;

  @Option(
      names = "--evaluations",
      paramLabel = "N",
      defaultValue = "50000",
      description =
          "Maximum number of images that the floating search may score, not counting those for"
              + " undoing flips. 0: only undo flips. Default: 50000.")
  private long evaluations = 50_000;

  /**
   * These as configuration.
   *
   * @throws InvalidRequestException for what can't be
   */
  CounterfactualConfig config(ModelConfig model, ImageChoice images, long seed) {
    return InvalidRequestException.check(
        () ->
            new CounterfactualConfig(
                model, images, threshold, maxFlips, candidates, evaluations, seed));
  }
}
