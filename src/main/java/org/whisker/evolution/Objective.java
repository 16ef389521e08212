package org.whisker.evolution;

/**
 * Fitness, the higher the better: {@code offset − scale · (BCE + λ · black pixels)}, where BCE is
 * the binary cross-entropy against the target class, in nats. Where λ changes, a whole generation
 * is compared by its own λ: all individuals of generation g, and the best so far, have the fitness
 * that λ(g) gives them, those included that were born under another.
 *
 * @param target what an image is to be taken for
 * @param price λ of each generation
 * @param scale above 0
 * @param offset any finite number
 */
public record Objective(TargetClass target, LambdaSchedule price, double scale, double offset) {
  public Objective {
    requireFinite("scale", scale, scale > 0);
    requireFinite("offset", offset, true);
  }

  /** A cat, scale 1 and offset 0: the loss with its sign turned. */
  public static Objective withLambda(double lambda) {
    return new Objective(TargetClass.CAT, LambdaSchedule.constant(lambda), 1, 0);
  }

  public Objective withPrice(LambdaSchedule newPrice) {
    return new Objective(target, newPrice, scale, offset);
  }

  public Objective withTarget(TargetClass newTarget) {
    return new Objective(newTarget, price, scale, offset);
  }

  /** λ as it is in the end, in nats a black pixel. */
  public double lambda() {
    return price.last();
  }

  /**
   * Cross-entropy of p(cat) against "cat" for a logit of not-cat: softplus, ln(1 + e^logit),
   * written so that neither end overflows or rounds to a plateau.
   */
  public static double crossEntropy(double logit) {
    return Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit)));
  }

  /** The fitness of a genome with this logit of not-cat and so many black pixels. */
  public double fitness(double logit, int blackPixels, int generation) {
    return offset - scale * (target.crossEntropy(logit) + price.at(generation) * blackPixels);
  }

  /** The fitness of an individual in this generation, whatever it was when it was born. */
  double fitness(Individual individual, int generation) {
    return fitness(individual.logit(), individual.genome().count(), generation);
  }

  private static void requireFinite(String name, double value, boolean inRange) {
    if (!(inRange && Double.isFinite(value))) {
      throw new IllegalArgumentException(name + " is out of range: " + value);
    }
  }
}
