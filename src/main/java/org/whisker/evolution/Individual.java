package org.whisker.evolution;

import java.util.function.ToDoubleFunction;
import org.whisker.classifier.Classifier;
import org.whisker.image.BlackPixels;

/**
 * A scored genome.
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

  /** This individual with another fitness. */
  Individual priced(ToDoubleFunction<Individual> price) {
    double other = price.applyAsDouble(this);
    return other == fitness ? this : new Individual(genome, logit, other);
  }

  public double catProbability() {
    return Classifier.catProbability(logit);
  }
}
