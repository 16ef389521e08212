package org.whisker.study.boundary;

import java.util.Map;
import org.whisker.boundary.MarginSearch;
import org.whisker.study.ModelConfig;

/**
 * What decides the margins of images.
 *
 * @param maxFlips number of flips at which a search gives up, at least 1
 * @param candidates largest number of flips scored per step, at least 1
 * @param seed of the images that are drawn
 */
public record MarginsConfig(
    ModelConfig model, ImageChoice images, int maxFlips, int candidates, long seed) {
  private static final int MAX_FLIPS = 200;
  private static final int CANDIDATES = 16;

  public MarginsConfig {
    new MarginSearch(maxFlips, candidates, OpenedModel.BATCH); // checks them
  }

  /** At most 200 flips, of 16 candidates each. */
  public static MarginsConfig of(ModelConfig model, ImageChoice images) {
    return new MarginsConfig(model, images, MAX_FLIPS, CANDIDATES, 1);
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
