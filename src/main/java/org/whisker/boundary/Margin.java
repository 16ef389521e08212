package org.whisker.boundary;

import java.util.OptionalInt;
import org.whisker.classifier.Classifier;

/**
 * The distance of a picture from the boundary, in flips and by a linear estimate.
 *
 * @param logit of not-cat
 * @param gradientNorm the Euclidean norm of the logit's gradient with respect to gray values, at
 *     the picture
 * @param linearFlips number of flips that would cross the boundary if the logit were linear; empty
 *     if all together would not
 * @param flips number of flips found to cross it, an upper bound; empty if the search gave up
 * @param lastLogit of the last picture of the search
 */
public record Margin(
    float logit, double gradientNorm, OptionalInt linearFlips, OptionalInt flips, float lastLogit) {
  public Margin {
    if (!(gradientNorm >= 0)) {
      throw new IllegalArgumentException("a norm is at least 0, was " + gradientNorm);
    }
    if (flips.isPresent() == (Grays.isCat(logit) == Grays.isCat(lastLogit))) {
      throw new IllegalArgumentException(
          "flips %s with logits %s and %s".formatted(flips, logit, lastLogit));
    }
  }

  /** Whether the picture is a cat: p(cat) is ½ or more. */
  public boolean isCat() {
    return Grays.isCat(logit);
  }

  public double catProbability() {
    return Classifier.catProbability(logit);
  }

  /**
   * |logit| / ‖gradient‖: the distance to the boundary if the logit were linear, in gray values
   * (one pixel from black to white is 1); infinite where there is no gradient.
   */
  public double linearDistance() {
    return Math.abs(logit) / gradientNorm;
  }
}
