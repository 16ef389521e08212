package org.whisker.evolution;

import org.whisker.classifier.Classifier;
import org.whisker.image.BlackPixels;

/**
 * A genome with its score; there is none without.
 *
 * @param logit of not-cat, finite
 * @param fitness the higher the better, finite
 */
public record Individual(BlackPixels genome, float logit, double fitness) {
  public Individual {
    if (!Float.isFinite(logit) || !Double.isFinite(fitness)) {
      throw new IllegalArgumentException(
          "an individual needs a finite score, got logit " + logit + " and fitness " + fitness);
    }
  }

  public double catProbability() {
    return Classifier.catProbability(logit);
  }
}
