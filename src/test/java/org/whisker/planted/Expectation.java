package org.whisker.planted;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.whisker.ablation.VerdictAnswer;
import org.whisker.stats.Verdict;
import org.whisker.value.Labelled;

/**
 * The verdict that is right for a hypothesis on some plants. It follows from their formulas and is
 * never fitted to what experiments say.
 *
 * @param plants on which it is right; empty: on all that no line before it names
 * @param reason why, by construction of the plants
 */
public record Expectation(List<Plant> plants, Expected expected, String reason) {
  public Expectation {
    plants = List.copyOf(plants);
  }

  /** Expects a verdict on one plant. */
  public static Expectation on(Plant plant, Expected expected, String reason) {
    return new Expectation(List.of(plant), expected, reason);
  }

  /** Expects a verdict on several plants. */
  public static Expectation on(List<Plant> plants, Expected expected, String reason) {
    return new Expectation(plants, expected, reason);
  }

  /** Expects a verdict on all plants that no line before it names. */
  public static Expectation elsewhere(Expected expected, String reason) {
    return new Expectation(List.of(), expected, reason);
  }

  /**
   * Puts what holds of every search before these lines: white may be a cat already, or nothing a
   * cat.
   */
  public static List<Expectation> ofSearches(Expectation... lines) {
    return Stream.concat(
            Stream.of(
                on(Plants.WHITE_CAT, Expected.NOT_TESTED, "white is a cat already"),
                on(Plants.NOTHING, Expected.NOT_ENOUGH_TARGETS, "no image is a cat")),
            Stream.of(lines))
        .toList();
  }

  /** Expects no test on plants whose layers are not known, where these have to be known. */
  public static Expectation ofUnknownLayers() {
    return on(Plants.UNKNOWN, Expected.NOT_TESTED, "its layers are not known");
  }

  /** Expects no test where a treated arm has less than half of the control's gain. */
  public static Expectation ofLostGain() {
    return on(
        Plants.LOST_GAIN,
        Expected.NOT_TESTED,
        "what is left of the gain under the intervention is no evidence of places");
  }

  /** Expects a verdict on the plants in which E can't differ from ½ though places are not alike. */
  public static Expectation ofMirrored(Expected expected) {
    return on(
        Plants.MIRRORED,
        expected,
        "both halves, and all columns taken together, lie as deep as the whole canvas");
  }

  /** Expects no effect on plants whose formula does not depend on what is changed. */
  public static Expectation elsewhereNothing() {
    return elsewhere(Expected.NO_EFFECT, "nothing in the formula depends on it");
  }

  boolean isOf(Plant plant) {
    return plants.isEmpty() || plants.stream().anyMatch(p -> p.id().equals(plant.id()));
  }

  /** The verdict that is right for a hypothesis on a plant. */
  public enum Expected {
    /** The predicted cause, in the predicted direction. */
    SUPPORTED,
    /** An effect against the predicted direction. */
    OPPOSITE,
    /** No effect that matters. */
    NO_EFFECT,
    /** A difference of whichever sign, where the hypothesis predicts none. */
    REFUTED,
    /** A difference where none is predicted, with pixels nearer the edge. */
    TOWARDS_EDGE,
    /** A difference where none is predicted, with pixels nearer the centre. */
    TOWARDS_CENTRE,
    /** Images taken for cats can't be had under the intervention. */
    NOT_ENOUGH_TARGETS,
    /** The plant can't be intervened on so, or what is tested is E by another name. */
    NOT_TESTED,
    /** The formula does not say: how far the search gets decides. */
    ANY;

    /** What a test came to, held against what is right. */
    public enum Outcome implements Labelled {
      /** The right verdict. */
      RIGHT,
      /** Another verdict is asserted. */
      WRONG,
      /** No verdict is asserted where there is a right one. */
      UNDECIDED,
      /** No verdict is right. */
      OPEN;
    }

    /** How a test fared, whose answer also says which way a bias goes. */
    public Outcome outcome(Optional<Verdict> seen, VerdictAnswer answer) {
      Outcome outcome = outcome(seen);
      boolean other =
          (this == TOWARDS_EDGE && answer == VerdictAnswer.TOWARDS_CENTRE)
              || (this == TOWARDS_CENTRE && answer == VerdictAnswer.TOWARDS_EDGE);
      return other ? Outcome.WRONG : outcome;
    }

    /**
     * How a test fared.
     *
     * @param seen its verdict; empty where it was not tested
     */
    public Outcome outcome(Optional<Verdict> seen) {
      String found = seen.map(Verdict::name).orElse(NOT_TESTED.name());
      if (this == ANY) {
        return Outcome.OPEN;
      }
      boolean biased = this == TOWARDS_EDGE || this == TOWARDS_CENTRE;
      if (found.equals(biased ? Verdict.REFUTED.name() : name())) {
        return Outcome.RIGHT;
      }
      return seen.isEmpty() || !seen.get().isDefinite() ? Outcome.UNDECIDED : Outcome.WRONG;
    }
  }
}
