package org.whisker.feature.boundary;

import java.util.Map;
import java.util.Optional;
import org.whisker.boundary.CounterfactualSearch;
import org.whisker.image.Threshold;
import org.whisker.job.ModelConfig;
import org.whisker.option.Option;
import org.whisker.option.OptionGroup;
import org.whisker.option.Options;
import org.whisker.option.Seed;

/**
 * What decides the counterfactuals of images.
 *
 * @param threshold pixels of a gray image darker than this become black: 0 to 1, or {@code otsu}
 * @param maxFlips number of flips at which the greedy search gives up, at least 1
 * @param candidates largest number of flips scored per greedy step, at least 1
 * @param evaluations largest number of images scored to find flips that allow more to be undone; 0
 *     only undoes
 * @param seed the seed of the images that are drawn, and of the test of the flips' position
 */
public record CounterfactualConfig(
    @OptionGroup(without = "--precision") ModelConfig model,
    @OptionGroup(
            change =
                @OptionGroup.Change(
                    component = "names",
                    option =
                        @Option(
                            needed = true,
                            label = "IMAGES",
                            help =
                                "Output folders of evolve, folders of images or photos, image files.")))
        ImageChoice images,
    @Option(
            names = "--threshold",
            label = "T",
            defaultValue = CounterfactualConfig.OTSU,
            help =
                "Pixels of a gray picture darker than this become black: 0 to 1, or otsu (Otsu's"
                    + " threshold). Default: otsu.")
        String threshold,
    @Option(
            names = "--max-flips",
            label = "N",
            defaultValue = "1000",
            help = "Number of flips at which the greedy search gives up. Default: 1000.")
        int maxFlips,
    @Option(
            names = "--candidates",
            label = "N",
            defaultValue = "16",
            help = "Maximum number of flips scored per greedy step. Default: 16.")
        int candidates,
    @Option(
            names = "--evaluations",
            label = "N",
            defaultValue = "50000",
            help =
                "Maximum number of images that the floating search may score, not counting those for"
                    + " undoing flips. 0: only undo flips. Default: 50000.")
        long evaluations,
    @Seed long seed) {
  /** Otsu's threshold. */
  public static final String OTSU = "otsu";

  public CounterfactualConfig {
    new CounterfactualSearch(maxFlips, candidates, evaluations, OpenedModel.BATCH); // checks
    parsed(threshold);
  }

  /** The default options: Otsu's threshold, and the usual limits of the search. */
  public static CounterfactualConfig of(ModelConfig model, ImageChoice images) {
    return Options.of(CounterfactualConfig.class).defaults(model, images);
  }

  CounterfactualSearch search() {
    return new CounterfactualSearch(maxFlips, candidates, evaluations, OpenedModel.BATCH);
  }

  /** The threshold; empty for Otsu's. */
  Optional<Threshold> fixedThreshold() {
    return parsed(threshold);
  }

  private static Optional<Threshold> parsed(String threshold) {
    if (threshold.equals(OTSU)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Threshold(Double.parseDouble(threshold)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "--threshold must be otsu or 0 to 1, was '" + threshold + "'", e);
    }
  }

  void describe(Map<String, Object> manifest) {
    manifest.put("threshold", threshold);
    manifest.put("max_flips", maxFlips);
    manifest.put("candidates", candidates);
    manifest.put("evaluations", evaluations);
    manifest.put("seed", seed);
  }
}
