package org.whisker.feature.boundary;

import java.util.Map;
import org.whisker.boundary.MarginSearch;
import org.whisker.job.ModelConfig;
import org.whisker.option.Option;
import org.whisker.option.Options;
import org.whisker.option.Seed;

/**
 * What decides the margins of images.
 *
 * @param maxFlips number of flips at which a search gives up, at least 1
 * @param candidates largest number of flips scored per step, at least 1
 * @param seed the seed of the images that are drawn
 */
public record MarginsConfig(
    ModelConfig model,
    ImageChoice images,
    @Option(
            names = "--max-flips",
            label = "N",
            defaultValue = "200",
            help = "Number of flips at which the search gives up. Default: 200.")
        int maxFlips,
    @Option(
            names = "--candidates",
            label = "N",
            defaultValue = "16",
            help = "Maximum number of flips scored per step. Default: 16.")
        int candidates,
    @Seed long seed) {

  public MarginsConfig {
    new MarginSearch(maxFlips, candidates, OpenedModel.BATCH); // checks them
  }

  /** The default options: at most 200 flips, of 16 candidates each. */
  public static MarginsConfig of(ModelConfig model, ImageChoice images) {
    return Options.of(MarginsConfig.class).defaults(model, images);
  }

  MarginSearch search() {
    return new MarginSearch(maxFlips, candidates, OpenedModel.BATCH);
  }

  void describe(Map<String, Object> manifest) {
    manifest.put("max_flips", maxFlips);
    manifest.put("candidates", candidates);
    manifest.put("seed", seed);
  }
}
