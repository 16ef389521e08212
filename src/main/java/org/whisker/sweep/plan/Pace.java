package org.whisker.sweep.plan;

import org.whisker.study.ablate.StoredAblatedModel;

/** How fast models are here. */
@FunctionalInterface
public interface Pace {
  /**
   * Seconds that a model takes for so many images.
   *
   * @param call images in a call
   */
  double seconds(StoredAblatedModel model, double images, int call);
}
