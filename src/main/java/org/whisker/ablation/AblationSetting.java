package org.whisker.ablation;

import org.whisker.evolution.EvolutionOptions;
import org.whisker.image.Canvas;
import org.whisker.option.Records;

/**
 * The setting from which arms are built: the model's properties and the unmodified search.
 *
 * @param base search options; stops by evaluations alone, so that arms have equal budgets
 * @param paddingGray the gray (0 to 1) that zero padding of the input corresponds to
 * @param padding the padding of the model as trained
 * @param held number of generations for which a temporary region applies
 * @param seed the seed of the experiment
 * @param regime identifies the recipe and photos of retraining; {@link #NO_PHOTOS} if there is none
 * @param fineTuned whether retraining continues from the model's own weights
 */
public record AblationSetting(
    EvolutionOptions base,
    Canvas canvas,
    float paddingGray,
    String padding,
    int held,
    long seed,
    String regime,
    boolean fineTuned) {
  /** The regime without photos to train on. */
  public static final String NO_PHOTOS = "none";

  /** A setting without retraining. */
  public AblationSetting(
      EvolutionOptions base,
      Canvas canvas,
      float paddingGray,
      String padding,
      int held,
      long seed) {
    this(base, canvas, paddingGray, padding, held, seed, NO_PHOTOS);
  }

  /** A setting with retraining from random initial weights. */
  public AblationSetting(
      EvolutionOptions base,
      Canvas canvas,
      float paddingGray,
      String padding,
      int held,
      long seed,
      String regime) {
    this(base, canvas, paddingGray, padding, held, seed, regime, false);
  }

  /**
   * Returns a setting whose runs end with the first image of this p(target), if they come so far.
   */
  public AblationSetting endingAt(double probability) {
    return Records.changed(this, AblationSetting::base)
        .to(base.withStop(base.stop().withTarget(probability)));
  }

  /** λ of the unmodified search, in nats per black pixel. */
  public double lambda() {
    return base.objective().lambda();
  }
}
