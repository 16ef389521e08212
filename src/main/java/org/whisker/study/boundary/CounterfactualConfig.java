package org.whisker.study.boundary;

import java.util.Map;
import java.util.Optional;
import org.whisker.boundary.CounterfactualSearch;
import org.whisker.image.Threshold;
import org.whisker.study.ModelConfig;

/**
 * What decides the counterfactuals of images.
 *
 * @param threshold pixels of a gray image darker than this become black: 0 to 1, or {@code otsu}
 * @param maxFlips number of flips at which the greedy search gives up, at least 1
 * @param candidates largest number of flips scored per greedy step, at least 1
 * @param evaluations largest number of images scored to find flips that allow more to be undone; 0
 *     only undoes
 * @param seed of the images that are drawn, and of the test of the flips' position
 */
public record CounterfactualConfig(
    ModelConfig model,
    ImageChoice images,
    String threshold,
    int maxFlips,
    int candidates,
    long evaluations,
    long seed) {
  /** Otsu's threshold. */
  public static final String OTSU = "otsu";

  private static final int MAX_FLIPS = 1_000;
  private static final int CANDIDATES = 16;
  private static final long EVALUATIONS = 50_000;

  public CounterfactualConfig {
    new CounterfactualSearch(maxFlips, candidates, evaluations, OpenedModel.BATCH); // checks
    parsed(threshold);
  }

  /** With Otsu's threshold and the usual limits of the search. */
  public static CounterfactualConfig of(ModelConfig model, ImageChoice images) {
    return new CounterfactualConfig(model, images, OTSU, MAX_FLIPS, CANDIDATES, EVALUATIONS, 1);
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
