package org.whisker.boundary;

import java.util.OptionalInt;
import org.whisker.classifier.Classifier;

/**
 * How far a picture is from the boundary, by flips and by a straight line.
 *
 * @param logit of not-cat
 * @param gradientNorm the Euclidean length of the logit's gradient by gray values, at the picture
 * @param linearFlips how many flips would cross if the logit were linear; empty when all together
 *     would not
 * @param flips how many were found to cross, an upper bound; empty when the search gave up
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
