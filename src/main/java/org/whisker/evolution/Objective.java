package org.whisker.evolution;

import java.util.Locale;
import org.whisker.classifier.Classifier;
import org.whisker.evolution.Population.Individual;
import org.whisker.option.Entry;
import org.whisker.value.Checks;
import org.whisker.value.Labelled;

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
public record Objective(
    @Entry("target_class") TargetClass target,
    @Entry("lambda") LambdaSchedule penalty,
    @Entry("fitness_scale") double scale,
    @Entry("fitness_offset") double offset) {
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
   * Cross-entropy of p(target) against "cat" for a logit against the target: softplus, ln(1 +
   * e^logit), written so that it neither overflows nor saturates by rounding.
   */
  public static double crossEntropy(double logit) {
    return Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit)));
  }

  /** The fitness of a genome with this logit against the target and this number of black pixels. */
  public double fitness(double logit, int blackPixels, int generation) {
    return offset - scale * (target.crossEntropy(logit) + penalty.at(generation) * blackPixels);
  }

  /** The fitness of an individual under the λ of this generation. */
  double fitness(Individual individual, int generation) {
    return fitness(individual.logit(), individual.genome().count(), generation);
  }

  private static void requireFinite(String name, double value, boolean inRange) {
    Checks.require(inRange && Double.isFinite(value), "%s is out of range: %s", name, value);
  }

  /** The class towards which images are evolved. */
  public enum TargetClass implements Labelled {
    /** Class 0. */
    CAT(1),
    /** Class 1. */
    NOT_CAT(-1);

    private final int sign;

    TargetClass(int sign) {
      this.sign = sign;
    }

    /** p(this class) for a logit against the target, without loss of precision at either end. */
    public double probability(double logit) {
      return Classifier.catProbability(sign * logit);
    }

    /** Cross-entropy against this class for a logit against the target, in nats. */
    public double crossEntropy(double logit) {
      return Objective.crossEntropy(sign * logit);
    }

    /** Name in options and files: {@code cat} or {@code not-cat}. */
    @Override
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The class with this label, which may have {@code target} in the place of cat. */
    public static TargetClass parse(String label) {
      String ofCat = label.replaceFirst("^(not-)?target$", "$1cat");
      return Labelled.parse("target class", values(), ofCat);
    }
  }

  /**
   * Schedule of λ, the penalty per black pixel: from {@code first} in generation 0 to {@code last}
   * in generation {@code generations}, constant thereafter.
   *
   * @param first in nats, at least 0; above 0 when geometric
   * @param last in nats, at least 0; above 0 when geometric
   * @param generations at least 1
   */
  public record LambdaSchedule(Course course, double first, double last, int generations) {
    /** Interpolation from first to last. */
    public enum Course implements Labelled {
      /** λ changes by the same amount in each generation. */
      LINEAR,
      /** λ changes by the same factor in each generation. */
      GEOMETRIC;
    }

    public LambdaSchedule {
      check(course, first);
      check(course, last);
      Checks.refuse(
          generations < 1, "lambda must change over at least 1 generation, was %s", generations);
    }

    private static void check(Course course, double lambda) {
      boolean possible = course == Course.LINEAR ? lambda >= 0 : lambda > 0;
      if (!(possible && Double.isFinite(lambda))) {
        throw new IllegalArgumentException(
            "lambda must be "
                + (course == Course.LINEAR ? "at least 0" : "above 0 to change by a factor")
                + ", was "
                + lambda);
      }
    }

    public static LambdaSchedule constant(double lambda) {
      return new LambdaSchedule(Course.LINEAR, lambda, lambda, 1);
    }

    /** λ in this generation, counted from 0, in nats per black pixel. */
    public double at(int generation) {
      if (generation >= generations || first == last) {
        return last;
      }
      double passed = generation / (double) generations;
      return course == Course.LINEAR
          ? first + (last - first) * passed
          : first * Math.pow(last / first, passed);
    }

    /**
     * Reads {@code LAMBDA}, {@code linear:FIRST,LAST,GENERATIONS} or {@code
     * geometric:FIRST,LAST,GENERATIONS}.
     */
    public static LambdaSchedule parse(String text) {
      try {
        for (Course course : Course.values()) {
          String prefix = course.label() + ":";
          String[] parts = text.substring(Math.min(prefix.length(), text.length())).split(",", -1);
          if (text.startsWith(prefix) && parts.length == 3) {
            return new LambdaSchedule(
                course,
                Double.parseDouble(parts[0]),
                Double.parseDouble(parts[1]),
                Integer.parseInt(parts[2]));
          }
        }
        return constant(Double.parseDouble(text));
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "lambda must be a number, linear:FIRST,LAST,GENERATIONS"
                + " or geometric:FIRST,LAST,GENERATIONS, was "
                + text,
            e);
      }
    }

    /** What {@link #parse} reads: a number where λ is constant, or text. */
    public Object written() {
      return first == last
          ? (Object) first
          : course.label() + ":" + first + "," + last + "," + generations;
    }
  }
}
