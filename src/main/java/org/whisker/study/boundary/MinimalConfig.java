package org.whisker.study.boundary;

import java.util.List;
import java.util.Map;
import org.whisker.boundary.MinimalSearch;
import org.whisker.study.ModelConfig;

/**
 * What decides the minimal sets of a model.
 *
 * @param targets the p(cat) to reach, each above 0 and below 1
 * @param starts what the searches begin with
 * @param maxFlips number of pixels changed at which a start is given up, at least 1
 * @param candidates largest number of pixels scored per such step, at least 1
 * @param evaluations largest number of images scored to find pixels whose addition allows more
 *     removals; 0 only removes
 */
public record MinimalConfig(
    ModelConfig model,
    List<Double> targets,
    MinimalStarts starts,
    int maxFlips,
    int candidates,
    long evaluations) {
  private static final int MAX_FLIPS = 3_000;
  private static final int CANDIDATES = 16;
  private static final long EVALUATIONS = 100_000;

  public MinimalConfig {
    new MinimalSearch(maxFlips, candidates, evaluations, OpenedModel.BATCH); // checks them
    targets = targets.stream().distinct().toList();
    for (double target : targets) {
      if (!(target > 0 && target < 1)) {
        throw new IllegalArgumentException("--target must be above 0 and below 1, was " + target);
      }
    }
  }

  /** With the usual limits of the search. */
  public static MinimalConfig of(ModelConfig model, List<Double> targets, MinimalStarts starts) {
    return new MinimalConfig(model, targets, starts, MAX_FLIPS, CANDIDATES, EVALUATIONS);
  }

  MinimalSearch search() {
    return new MinimalSearch(maxFlips, candidates, evaluations, OpenedModel.BATCH);
  }

  void describe(Map<String, Object> manifest) {
    manifest.put("targets", targets);
    manifest.put("density", starts.density());
    manifest.put("evaluations", evaluations);
    manifest.put("max_flips", maxFlips);
    manifest.put("candidates", candidates);
    manifest.put("seed", starts.seed());
  }
}
