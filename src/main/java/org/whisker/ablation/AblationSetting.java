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
 * @param regime names how networks are trained anew, and on what; {@link #NO_PHOTOS} when none are
 */
public record AblationSetting(
    EvolutionOptions base,
    Canvas canvas,
    float paddingGray,
    String padding,
    int held,
    long seed,
    String regime) {
  /** The regime where there are no photos to train on. */
  public static final String NO_PHOTOS = "none";

  /** One for which no network is trained. */
  public AblationSetting(
      EvolutionOptions base,
      Canvas canvas,
      float paddingGray,
      String padding,
      int held,
      long seed) {
    this(base, canvas, paddingGray, padding, held, seed, NO_PHOTOS);
  }

  /** λ of the unchanged search, in nats a black pixel. */
  public double lambda() {
    return base.objective().lambda();
  }
}
