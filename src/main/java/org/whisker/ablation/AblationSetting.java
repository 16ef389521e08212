package org.whisker.ablation;

import org.whisker.evolution.EvolutionOptions;
import org.whisker.image.Canvas;

/**
 * What arms are made for: a model, and how it is searched when nothing is changed.
 *
 * @param base stops by images scored alone, so that arms are compared at equal evaluations
 * @param paddingGray the gray that zero padding of the input looks like
 * @param padding the model's own
 * @param held generations for which a region that is released later holds
 * @param seed of the experiment
 */
public record AblationSetting(
    EvolutionOptions base, Canvas canvas, float paddingGray, String padding, int held, long seed) {
  /** λ of the unchanged search, in nats a black pixel. */
  public double lambda() {
    return base.objective().lambda();
  }
}
