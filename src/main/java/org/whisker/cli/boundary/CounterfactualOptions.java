package org.whisker.cli.boundary;

import java.util.Map;
import java.util.Optional;
import org.whisker.boundary.CounterfactualSearch;
import org.whisker.image.Threshold;
import org.whisker.study.InvalidRequestException;
import picocli.CommandLine.Option;

/** How photos become black and white, and how flips are searched for. */
final class CounterfactualOptions {
  private static final String OTSU = "otsu";

  @Option(
      names = "--threshold",
      paramLabel = "T",
      defaultValue = OTSU,
      description =
          "Pixels of a gray picture darker than this become black: 0 to 1, or otsu (Otsu's"
              + " threshold). Default: otsu.")
  private String threshold = OTSU;

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
          "Images that a search may score, beyond those that undoing flips needs, to find flips"
              + " that allow more to be undone. 0 only undoes. Default: 50000.")
  private long evaluations = 50_000;

  CounterfactualSearch search(int batch) {
    return InvalidRequestException.check(
        () -> new CounterfactualSearch(maxFlips, candidates, evaluations, batch));
  }

  /** The threshold; empty for Otsu's. */
  Optional<Threshold> threshold() {
    if (threshold.equals(OTSU)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Threshold(Double.parseDouble(threshold)));
    } catch (IllegalArgumentException e) {
      throw new InvalidRequestException(
          "--threshold must be otsu or 0 to 1, was '" + threshold + "'");
    }
  }

  void describe(Map<String, Object> manifest) {
    manifest.put("threshold", threshold);
    manifest.put("max_flips", maxFlips);
    manifest.put("candidates", candidates);
    manifest.put("evaluations", evaluations);
  }
}
