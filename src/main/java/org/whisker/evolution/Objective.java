package org.whisker.evolution;

import java.util.Locale;
import org.whisker.classifier.Classifier;
import org.whisker.evolution.Population.Individual;
import org.whisker.evolution.operator.Checks;

/**
 * Fitness, the higher the better: {@code offset − scale · (BCE + λ · black pixels)}, where BCE is
 * the binary cross-entropy against the target class, in nats. If λ varies, all individuals of
 * generation g and the best so far are compared by the fitness under λ(g), including those bred
 * under another λ.
 *
 * @param target target class
 * @param penalty λ of each generation
 * @param scale above 0
 * @param offset any finite number
 */
public record Objective(TargetClass target, LambdaSchedule penalty, double scale, double offset) {
  public Objective {
    requireFinite("scale", scale, scale > 0);
    requireFinite("offset", offset, true);
  }

  /** Target cat, scale 1 and offset 0: the negated loss. */
  public static Objective withLambda(double lambda) {
    return new Objective(TargetClass.CAT, LambdaSchedule.constant(lambda), 1, 0);
  }

  public Objective withPenalty(LambdaSchedule newPenalty) {
    return new Objective(target, newPenalty, scale, offset);
  }

  public Objective withTarget(TargetClass newTarget) {
    return new Objective(newTarget, penalty, scale, offset);
  }

  /** The final λ, in nats per black pixel. */
  public double lambda() {
    return penalty.last();
  }

  /**
   * Cross-entropy of p(cat) against "cat" for a logit of not-cat: softplus, ln(1 + e^logit),
   * written so that it neither overflows nor saturates by rounding.
   */
  public static double crossEntropy(double logit) {
    return Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit)));
  }

  /** The fitness of a genome with this logit of not-cat and this number of black pixels. */
  public double fitness(double logit, int blackPixels, int generation) {
    return offset - scale * (target.crossEntropy(logit) + penalty.at(generation) * blackPixels);
  }

  /** The fitness of an individual under the λ of this generation. */
  double fitness(Individual individual, int generation) {
    return fitness(individual.logit(), individual.genome().count(), generation);
  }

  private static void requireFinite(String name, double value, boolean inRange) {
    if (!(inRange && Double.isFinite(value))) {
      throw new IllegalArgumentException(name + " is out of range: " + value);
    }
  }

  /** The class towards which images are evolved. */
  public enum TargetClass {
    /** Class 0. */
    CAT(1),
    /** Class 1. */
    NOT_CAT(-1);

    private final int sign;

    TargetClass(int sign) {
      this.sign = sign;
    }

    /** p(this class) for a logit of not-cat, without loss of precision at either end. */
    public double probability(double logit) {
      return Classifier.catProbability(sign * logit);
    }

    /** Cross-entropy against this class for a logit of not-cat, in nats. */
    public double crossEntropy(double logit) {
      return Objective.crossEntropy(sign * logit);
    }

    /** Name in options and files: {@code cat} or {@code not-cat}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The class with this label. */
    public static TargetClass parse(String label) {
      return Checks.labelled("target class", values(), TargetClass::label, label);
    }
  }
}
