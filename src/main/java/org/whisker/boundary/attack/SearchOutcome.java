package org.whisker.boundary.attack;

import java.util.Optional;
import java.util.OptionalDouble;
import org.whisker.classifier.Classifier;

/**
 * What a search found for a picture. Logits are of not-cat.
 *
 * @param logit of the picture
 * @param status whether there is anything
 * @param distance the size of the change, by the norm of the search; empty if none was found
 * @param logitAfter of the changed picture; empty if there is none
 * @param logitRounded of the changed picture with its grays rounded to 256 steps, as image files
 *     keep them; empty where flips are all that was changed
 */
public record SearchOutcome(
    float logit,
    Status status,
    OptionalDouble distance,
    Optional<Float> logitAfter,
    Optional<Float> logitRounded) {

  /** Whether a search found anything. */
  public enum Status {
    /** It crossed the boundary. */
    FOUND("found"),
    /** It gave up. */
    NOT_FOUND("not found"),
    /** It is for cats of two tones alone, and the picture is none. */
    NOT_FOR_IT("no two-tone cat");

    private final String label;

    Status(String label) {
      this.label = label;
    }

    /** The value in tables. */
    public String label() {
      return label;
    }
  }

  /** Where nothing was found. */
  static SearchOutcome none(float logit, Status status) {
    return new SearchOutcome(
        logit, status, OptionalDouble.empty(), Optional.empty(), Optional.empty());
  }

  /** Where something was found. */
  static SearchOutcome found(float logit, double distance, float after, Optional<Float> rounded) {
    return new SearchOutcome(
        logit, Status.FOUND, OptionalDouble.of(distance), Optional.of(after), rounded);
  }

  public double catProbability() {
    return Classifier.catProbability(logit);
  }

  public OptionalDouble catProbabilityAfter() {
    return probability(logitAfter);
  }

  public OptionalDouble catProbabilityRounded() {
    return probability(logitRounded);
  }

  private static OptionalDouble probability(Optional<Float> logit) {
    return logit.stream().mapToDouble(Classifier::catProbability).findFirst();
  }
}
