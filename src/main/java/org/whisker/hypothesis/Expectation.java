package org.whisker.hypothesis;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.whisker.planted.Plant;
import org.whisker.planted.Plants;
import org.whisker.stats.Verdict;

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

  /** On one plant. */
  public static Expectation on(Plant plant, Expected expected, String reason) {
    return new Expectation(List.of(plant), expected, reason);
  }

  /** On several plants. */
  public static Expectation on(List<Plant> plants, Expected expected, String reason) {
    return new Expectation(plants, expected, reason);
  }

  /** On all plants that no line before it names. */
  public static Expectation elsewhere(Expected expected, String reason) {
    return new Expectation(List.of(), expected, reason);
  }

  /** Where layers have to be known: the one plant whose layers are not can't be tested. */
  public static Expectation ofUnknownLayers() {
    return on(Plants.CENTRE_BENEFIT, Expected.NOT_TESTED, "its layers are not known");
  }

  /** Of the plants in which E can't differ from ½ though places are not alike. */
  public static Expectation ofMirrored(Expected expected) {
    return on(
        List.of(Plants.STRIDES, Plants.SIDES),
        expected,
        "both halves, and all columns taken together, lie as deep as the whole canvas");
  }

  /** No effect on plants whose formula does not depend on what is changed. */
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

  /**
   * The planted classifiers on which a hypothesis is calibrated.
   *
   * @param none on which it is false; empty where a formula can't have that property
   * @param some on which it is true, weakly enough that its power can be less than 1
   */
  public record NullAndEffect(Optional<Plant> none, Optional<Plant> some) {
    /** Both. */
    public static NullAndEffect of(Plant none, Plant some) {
      return new NullAndEffect(Optional.of(none), Optional.of(some));
    }

    /** Only one on which it is false. */
    public static NullAndEffect nullAlone(Plant none) {
      return new NullAndEffect(Optional.of(none), Optional.empty());
    }

    /** Not calibrated. */
    public static NullAndEffect neither() {
      return new NullAndEffect(Optional.empty(), Optional.empty());
    }
  }
}
