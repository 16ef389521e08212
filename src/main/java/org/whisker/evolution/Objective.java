package org.whisker.evolution;

/**
 * Fitness, the higher the better: {@code offset − scale · (BCE + lambda · black pixels)}, where BCE
 * is the binary cross-entropy against the target 0 (cat), in nats.
 *
 * @param lambda the price of one black pixel in nats, at least 0
 * @param scale above 0
 * @param offset any finite number
 */
public record Objective(double lambda, double scale, double offset) {
  public Objective {
    requireFinite("lambda", lambda, lambda >= 0);
    requireFinite("scale", scale, scale > 0);
    requireFinite("offset", offset, true);
  }

  /** Scale 1 and offset 0: the loss with its sign turned. */
  public static Objective withLambda(double lambda) {
    return new Objective(lambda, 1, 0);
  }

  /**
   * Cross-entropy of p(cat) against "cat" for a logit of not-cat: softplus, ln(1 + e^logit),
   * written so that neither end overflows or rounds to a plateau.
   */
  public static double crossEntropy(double logit) {
    return Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit)));
  }

  /** The fitness of a genome with this logit of not-cat and so many black pixels. */
  public double fitness(double logit, int blackPixels) {
    return offset - scale * (crossEntropy(logit) + lambda * blackPixels);
  }

  private static void requireFinite(String name, double value, boolean inRange) {
    if (!(inRange && Double.isFinite(value))) {
      throw new IllegalArgumentException(name + " is out of range: " + value);
    }
  }
}
