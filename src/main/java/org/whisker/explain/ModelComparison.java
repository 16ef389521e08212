package org.whisker.explain;

import java.util.List;
import org.whisker.explain.Comparison.Transferred;

/** Compares models under the same protocol. */
public final class ModelComparison {
  private ModelComparison() {}

  /**
   * Computes the comparison.
   *
   * @param models at least two
   */
  public static Comparison of(List<ComparedModel> models, List<Transferred> transfers, long seed) {
    if (models.size() < 2) {
      throw new IllegalArgumentException("a comparison needs two models, has " + models.size());
    }
    return new Comparison(
        new ComparedMeasures(models, seed).all(),
        new ComparedDifferences(models, seed).all(),
        transfers,
        ComparedProfiles.of(models));
  }
}
