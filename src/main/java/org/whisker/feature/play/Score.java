package org.whisker.feature.play;

/**
 * What a model says of a picture.
 *
 * @param model which, as its {@link ModelChoice#toString}
 * @param logit of not-cat
 * @param pCat p(cat)
 * @param delta the logit less that of the empty canvas: below 0, what is painted is towards cat
 * @param resized whether the picture had another size than the model takes
 * @param incremental whether only a difference from a kept picture was computed
 * @param milliseconds that this score took
 */
public record Score(
    String model,
    double logit,
    double pCat,
    double delta,
    boolean resized,
    boolean incremental,
    double milliseconds) {}
