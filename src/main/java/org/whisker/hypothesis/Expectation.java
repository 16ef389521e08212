package org.whisker.hypothesis;

import java.util.List;
import org.whisker.planted.Plant;
import org.whisker.planted.Plants;

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
}
