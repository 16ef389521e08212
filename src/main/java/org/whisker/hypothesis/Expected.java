package org.whisker.hypothesis;

import java.util.Locale;
import java.util.Optional;
import org.whisker.stats.Verdict;

/** The verdict that is right for a hypothesis on a plant. */
public enum Expected {
  /** The predicted cause, in the predicted direction. */
  SUPPORTED,
  /** An effect against the predicted direction. */
  OPPOSITE,
  /** No effect that matters. */
  NO_EFFECT,
  /** Of a hypothesis that predicts no difference: there is one. */
  REFUTED,
  /** Images taken for cats can't be had under the intervention. */
  NOT_ENOUGH_CATS,
  /** The plant can't be intervened on so, or what is tested is E by another name. */
  NOT_TESTED,
  /** The formula does not say: how far the search gets decides. */
  ANY;

  /** What a test came to, held against what is right. */
  public enum Outcome {
    /** The right verdict. */
    RIGHT,
    /** Another is asserted. */
    WRONG,
    /** None is asserted where there is a right one. */
    UNDECIDED,
    /** There is none that is right. */
    OPEN;

    /** As tables have it. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
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
    if (found.equals(name())) {
      return Outcome.RIGHT;
    }
    return seen.isEmpty() || !seen.get().isDefinite() ? Outcome.UNDECIDED : Outcome.WRONG;
  }

  /** As tables have it, such as {@code no_effect}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
