package org.whisker.ablation;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.whisker.classifier.Classifier;
import org.whisker.image.BlackPixels;

/**
 * One run of an arm. A run that failed has a message and no outcome; it counts as one that did not
 * succeed.
 *
 * @param ending as {@link org.whisker.evolution.Ending} in small letters, or {@value #FAILED}
 */
public record ArmRun(long seed, String ending, String message, Optional<Outcome> outcome) {
  public static final String FAILED = "failed";

  /**
   * What a run came to.
   *
   * @param image the fittest
   * @param edgeIndex of it, within the arm's margin; empty when it is white
   * @param logit of not-cat that the network gives it; empty when no network was asked
   * @param searchLogit what the search went by, the same unless that was a surrogate
   * @param bareLogit of the empty canvas
   * @param toTarget images scored when p(cat) first reached the target; empty when it never did
   * @param evaluations images scored in all
   * @param climb how the search's p(cat) grew; empty where it was not kept
   */
  public record Outcome(
      BlackPixels image,
      OptionalDouble edgeIndex,
      OptionalDouble logit,
      OptionalDouble searchLogit,
      OptionalDouble bareLogit,
      OptionalLong toTarget,
      long evaluations,
      int generations,
      List<Step> climb) {
    public Outcome {
      climb = List.copyOf(climb);
    }

    /** Images scored until p(cat) reached the target, or all of them. */
    public double evaluationsToTargetOrAll() {
      return toTarget.orElse(evaluations);
    }
  }

  /**
   * A better image than all before.
   *
   * @param evaluations images scored until then
   * @param logit of not-cat that the search goes by
   */
  public record Step(long evaluations, double logit) {
    /** p(cat) of it. */
    public double catProbability() {
      return Classifier.catProbability(logit);
    }
  }

  public ArmRun {
    if (outcome.isEmpty() != ending.equals(FAILED)) {
      throw new IllegalArgumentException("run of seed " + seed + " ended by " + ending);
    }
  }

  /** A run that came to nothing. */
  public static ArmRun failed(long seed, String why) {
    return new ArmRun(seed, FAILED, why.strip().replaceAll("\\s*\\R\\s*", " "), Optional.empty());
  }

  public boolean isFailed() {
    return outcome.isEmpty();
  }

  /** Whether p(cat) reached the target. */
  public boolean succeeded() {
    return outcome.isPresent() && outcome.get().toTarget().isPresent();
  }

  public OptionalDouble edgeIndex() {
    return outcome.isEmpty() ? OptionalDouble.empty() : outcome.get().edgeIndex();
  }

  /** p(cat) of the final image. */
  public OptionalDouble catProbability() {
    return outcome.isEmpty() ? OptionalDouble.empty() : probability(outcome.get().logit());
  }

  /** p(cat) of the empty canvas. */
  public OptionalDouble bareCatProbability() {
    return outcome.isEmpty() ? OptionalDouble.empty() : probability(outcome.get().bareLogit());
  }

  private static OptionalDouble probability(OptionalDouble logit) {
    return logit.isEmpty()
        ? logit
        : OptionalDouble.of(Classifier.catProbability(logit.getAsDouble()));
  }
}
