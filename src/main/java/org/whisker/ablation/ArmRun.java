package org.whisker.ablation;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.whisker.classifier.Classifier;
import org.whisker.image.BlackPixels;
import org.whisker.value.Checks;

/**
 * One run of an arm. A run that failed with an error has a message and no outcome; it counts as
 * unsuccessful.
 *
 * @param ending as {@link org.whisker.evolution.Evolution.Ending} in lower case, or {@value
 *     #FAILED}
 */
public record ArmRun(long seed, String ending, String message, Optional<Outcome> outcome) {
  public static final String FAILED = "failed";

  /**
   * The outcome of a run.
   *
   * @param image the fittest individual
   * @param edgeIndex the edge index of it, within the arm's margin, of the pixels that the founders
   *     were not {@linkplain org.whisker.evolution.FounderRule#given given}; empty when it has none
   * @param logit the logit against the target by the network; empty under a flat fitness
   * @param searchLogit logit that the search used; differs from {@code logit} only for a surrogate
   * @param bareLogit logit of the empty canvas
   * @param toTarget evaluations until p(target) first reached the target; empty if it never did
   * @param evaluations total evaluations
   * @param distinct mean number of different images in a generation
   * @param climb the images with a higher p(target) than all before; empty when no network was
   *     asked
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
      double distinct,
      List<Step> climb) {
    public Outcome {
      climb = List.copyOf(climb);
    }

    /** Logit of the empty canvas less that of the final image; empty when no network was asked. */
    public OptionalDouble gain() {
      return logit.isEmpty() || bareLogit.isEmpty()
          ? OptionalDouble.empty()
          : OptionalDouble.of(bareLogit.getAsDouble() - logit.getAsDouble());
    }

    /** Evaluations until p(target) reached the target, or all evaluations if it did not. */
    public double evaluationsToTargetOrAll() {
      return toTarget.orElse(evaluations);
    }
  }

  /**
   * An image and the generation that it first led.
   *
   * @param generation 0 for the founders
   */
  public record Seen(int generation, BlackPixels image) {}

  /**
   * An image with a lower logit against the target than all before.
   *
   * @param evaluations evaluations so far
   * @param logit the logit against the target that the network gives it
   * @param edgeIndex the edge index of it, within the arm's margin; empty when it is white
   * @param pixels black ones
   * @param seen the image itself; empty where it was not kept
   */
  public record Step(
      long evaluations, double logit, OptionalDouble edgeIndex, int pixels, Optional<Seen> seen) {
    /** A step whose image was not kept. */
    public Step(long evaluations, double logit, OptionalDouble edgeIndex, int pixels) {
      this(evaluations, logit, edgeIndex, pixels, Optional.empty());
    }

    public double catProbability() {
      return Classifier.catProbability(logit);
    }
  }

  public ArmRun {
    Checks.refuse(
        outcome.isEmpty() != ending.equals(FAILED), "run of seed %s ended by %s", seed, ending);
  }

  /** A run that failed with an error. */
  public static ArmRun failed(long seed, String why) {
    return new ArmRun(seed, FAILED, why.strip().replaceAll("\\s*\\R\\s*", " "), Optional.empty());
  }

  public boolean isFailed() {
    return outcome.isEmpty();
  }

  /** Whether p(target) reached the target. */
  public boolean succeeded() {
    return outcome.isPresent() && outcome.get().toTarget().isPresent();
  }

  /**
   * The first image whose p(target) is at least {@code p}; empty when the run never came so far.
   */
  public Optional<Step> at(double p) {
    return climb().filter(step -> step.catProbability() >= p).findFirst();
  }

  /** The first image whose logit lies at least so far below that of the empty canvas. */
  public Optional<Step> atGain(double logits) {
    OptionalDouble bare = outcome.map(Outcome::bareLogit).orElse(OptionalDouble.empty());
    return bare.isEmpty()
        ? Optional.empty()
        : climb().filter(step -> bare.getAsDouble() - step.logit() >= logits).findFirst();
  }

  /** The first image whose p(target) reached the target; empty when none did. */
  public Optional<Step> atTarget() {
    long scored = outcome.map(Outcome::toTarget).orElse(OptionalLong.empty()).orElse(-1);
    return climb().filter(step -> step.evaluations() == scored).findFirst();
  }

  private Stream<Step> climb() {
    return outcome.stream().flatMap(o -> o.climb().stream());
  }

  /** Whether it ended without a black pixel. */
  public boolean isWhite() {
    return outcome.isPresent() && outcome.get().image().count() == 0;
  }

  public OptionalDouble edgeIndex() {
    return outcome.isEmpty() ? OptionalDouble.empty() : outcome.get().edgeIndex();
  }

  public OptionalDouble catProbability() {
    return outcome.isEmpty() ? OptionalDouble.empty() : probability(outcome.get().logit());
  }

  public OptionalDouble bareCatProbability() {
    return outcome.isEmpty() ? OptionalDouble.empty() : probability(outcome.get().bareLogit());
  }

  private static OptionalDouble probability(OptionalDouble logit) {
    return logit.isEmpty()
        ? logit
        : OptionalDouble.of(Classifier.catProbability(logit.getAsDouble()));
  }
}
