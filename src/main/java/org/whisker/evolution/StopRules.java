package org.whisker.evolution;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.whisker.evolution.Evolution.Ending;
import org.whisker.option.Entry;
import org.whisker.value.Checks;

/**
 * Stopping criteria, checked after each generation; the first that holds, in the order of {@link
 * Ending}, is the reported reason.
 *
 * @param generations maximum number bred (the founders are generation 0), at least 0
 * @param target stop when the fittest has at least this p(target class), above 0 and at most 1
 * @param stagnation stop after this number of generations without improvement, at least 1
 * @param evaluations stop after the generation in which this number of genomes has been scored, at
 *     least 1
 */
public record StopRules(
    int generations,
    @Entry("target_probability") OptionalDouble target,
    OptionalInt stagnation,
    OptionalLong evaluations) {
  public StopRules {
    Checks.refuse(generations < 0, "generations must be at least 0, was %s", generations);
    if (target.isPresent() && !(target.getAsDouble() > 0 && target.getAsDouble() <= 1)) {
      throw new IllegalArgumentException(
          "target must be above 0 and at most 1, was " + target.getAsDouble());
    }
    if (stagnation.isPresent() && stagnation.getAsInt() < 1) {
      throw new IllegalArgumentException(
          "stagnation must be at least 1 generation, was " + stagnation.getAsInt());
    }
    if (evaluations.isPresent() && evaluations.getAsLong() < 1) {
      throw new IllegalArgumentException(
          "evaluations must be at least 1, was " + evaluations.getAsLong());
    }
  }

  /** A limit on the number of generations alone. */
  public static StopRules after(int generations) {
    return new StopRules(
        generations, OptionalDouble.empty(), OptionalInt.empty(), OptionalLong.empty());
  }

  public StopRules withGenerations(int most) {
    return new StopRules(most, target, stagnation, evaluations);
  }

  public StopRules withTarget(double probability) {
    return new StopRules(generations, OptionalDouble.of(probability), stagnation, evaluations);
  }

  public StopRules withoutTarget() {
    return new StopRules(generations, OptionalDouble.empty(), stagnation, evaluations);
  }

  public StopRules withStagnation(int most) {
    return new StopRules(generations, target, OptionalInt.of(most), evaluations);
  }

  public StopRules withEvaluations(long most) {
    return new StopRules(generations, target, stagnation, OptionalLong.of(most));
  }

  /** How much of its generations or evaluations a search has used, whichever is more: 0 to 1. */
  public double share(int generation, long scored) {
    double used = generations == 0 ? 1 : generation / (double) generations;
    double spent = evaluations.isPresent() ? scored / (double) evaluations.getAsLong() : 0;
    return Math.min(1, Math.max(used, spent));
  }

  /** Whether this probability of the target class reaches the target. */
  boolean reached(double probability) {
    return target.isPresent() && probability >= target.getAsDouble();
  }

  /**
   * The criterion that holds after this generation, if any.
   *
   * @param probability the probability of the target class, for the fittest individual
   * @param lastImproved generation of the last improvement
   * @param scored number of genomes scored so far
   */
  Optional<Ending> ending(int generation, double probability, int lastImproved, long scored) {
    if (reached(probability)) {
      return Optional.of(Ending.TARGET);
    }
    if (generation >= generations) {
      return Optional.of(Ending.GENERATIONS);
    }
    if (stagnation.isPresent() && generation - lastImproved >= stagnation.getAsInt()) {
      return Optional.of(Ending.STAGNATION);
    }
    if (evaluations.isPresent() && scored >= evaluations.getAsLong()) {
      return Optional.of(Ending.EVALUATIONS);
    }
    return Optional.empty();
  }
}
