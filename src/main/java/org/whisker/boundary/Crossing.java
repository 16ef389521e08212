package org.whisker.boundary;

import org.whisker.classifier.Classifier;

/**
 * Two positions of a path on opposite sides of the boundary, as close as the path's resolution
 * permits.
 *
 * @param low the position just before
 * @param high the position just after
 * @param lowLogit of not-cat at {@code low}
 * @param highLogit of not-cat at {@code high}
 */
public record Crossing(double low, double high, float lowLogit, float highLogit) {
  public Crossing {
    if (!(low < high) || Grays.isCat(lowLogit) == Grays.isCat(highLogit)) {
      throw new IllegalArgumentException(
          "nothing is crossed from %s (logit %s) to %s (logit %s)"
              .formatted(low, lowLogit, high, highLogit));
    }
  }

  /** Whether the crossing is towards cat. */
  public boolean towardsCat() {
    return Grays.isCat(highLogit);
  }

  /** p(cat) just before. */
  public double lowCatProbability() {
    return Classifier.catProbability(lowLogit);
  }

  /** p(cat) just after. */
  public double highCatProbability() {
    return Classifier.catProbability(highLogit);
  }
}
