package org.whisker.classifier;

/**
 * Photos whose p(cat) falls in one interval.
 *
 * @param lower smallest p(cat), inclusive
 * @param upper largest p(cat); exclusive except in the last bin
 * @param count photos in it
 * @param cats how many of them are cats
 * @param sumPredicted the sum of their p(cat)
 */
public record CalibrationBin(double lower, double upper, int count, int cats, double sumPredicted) {
  /**
   * Mean p(cat) in the bin.
   *
   * @throws IllegalStateException for an empty bin
   */
  public double meanPredicted() {
    requireFilled();
    return sumPredicted / count;
  }

  /**
   * Share of cats in the bin.
   *
   * @throws IllegalStateException for an empty bin
   */
  public double catFraction() {
    requireFilled();
    return (double) cats / count;
  }

  private void requireFilled() {
    if (count == 0) {
      throw new IllegalStateException("no photo has p(cat) in " + lower + " to " + upper);
    }
  }
}
