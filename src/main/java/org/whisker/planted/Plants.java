package org.whisker.planted;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** All plants. A new one is a line here and a row in {@link ExpectedVerdicts}. */
public final class Plants {
  /** The empty canvas is a cat with 12 %. */
  private static final double WHITE = 2;

  private static final double STRONG = 0.2;
  private static final double WEAK = 0.06;
  private static final double MIDDLING = 0.15;
  private static final double EVEN = 0.12;
  private static final double MATED = 0.25;
  // Each more than a pixel with mates is worth.
  private static final double PRICE = 0.3;
  private static final double HIGH_PRICE = 0.35;
  private static final double FAINT = 0.04;
  private static final double ALONE = 0.6;

  private static final List<Plant> ALL =
      List.of(
          known("edge-benefit", "pixels of the edge are worth more", c -> edge(true)),
          new Plant(
              "centre-benefit",
              "pixels of the centre are worth more; its layers are not known",
              c -> blank().withGain(PlantMaps.centre(STRONG, WEAK)),
              PlantMaps.paths(1),
              true),
          known(
              "price-without-bias",
              "one pixel alone harms in the centre; of several only mates matter, anywhere",
              c -> mates().withAlone(PlantMaps.edge(0, ALONE))),
          known(
              "padding",
              "pixels of the edge are worth more under zero padding alone",
              c -> edge(c.zeroPadding())),
          known(
              "strides",
              "pixels of every second column are worth more",
              c -> blank().withGain(PlantMaps.columns(STRONG, WEAK))),
          known(
              "training-position",
              "pixels of the edge are worth more when trained on centred photos alone",
              c -> edge(c.centred())),
          known(
              "background",
              "pixels of the edge are worth more on white alone",
              c -> edge(c.white())),
          known("position-blind", "only mates matter, anywhere", c -> mates()),
          known(
              "padding-and-price",
              "mates; a price of the centre in two quarters, and in the two others a benefit of the"
                  + " edge under zero padding",
              c ->
                  mates()
                      .withPrice(PlantMaps.inQuarters(PlantMaps.edge(0, HIGH_PRICE), 0))
                      .withGain(
                          c.zeroPadding()
                              ? PlantMaps.inOtherQuarters(PlantMaps.edge(MIDDLING, FAINT), FAINT)
                              : PlantMaps.even(FAINT))),
          new Plant(
              "distractor",
              "pixels of the edge are worth more; single pixels and paths have other marks there",
              c -> edge(true).withAlone(PlantMaps.tiles(-ALONE, 0)),
              PlantMaps.edgePaths(),
              false),
          known(
              "sides",
              "pixels of the right half are worth more",
              c -> blank().withGain(PlantMaps.right(STRONG, WEAK))),
          known("safe-harbour", "mates, anywhere, with a price of the centre", c -> priced()),
          known(
              "head",
              "pixels of the edge are worth more with a flattening head alone",
              c -> edge(!c.pooled())),
          known(
              "foveation",
              "pixels are worth as much as paths lead from them",
              c -> blank().withGain(PlantMaps.paths(EVEN))));

  private Plants() {}

  private static Plant known(
      String id, String claim, Function<Circumstances, PlantedFormula> formula) {
    return new Plant(id, claim, formula, PlantMaps.paths(1), false);
  }

  static PlantedFormula blank() {
    return PlantedFormula.blank(PlantMaps.CANVAS, WHITE);
  }

  static PlantedFormula mates() {
    return blank().withMated(MATED);
  }

  private static PlantedFormula priced() {
    return mates().withPrice(PlantMaps.edge(0, PRICE)).withGain(PlantMaps.even(FAINT));
  }

  /** The benefit of the edge, or as much everywhere. */
  private static PlantedFormula edge(boolean there) {
    return blank().withGain(there ? PlantMaps.edge(STRONG, WEAK) : PlantMaps.even(EVEN));
  }

  /** All, in their order. */
  public static List<PlantedModel> all() {
    return ALL.stream().map(PlantedModel::new).toList();
  }

  /** Their ids. */
  public static List<String> ids() {
    return ALL.stream().map(Plant::id).toList();
  }

  /** The formula of the one of that name. */
  static PlantedFormula formula(String id, Circumstances circumstances) {
    return ALL.stream()
        .filter(plant -> plant.id().equals(id))
        .findFirst()
        .orElseThrow()
        .formula()
        .apply(circumstances);
  }

  /** The one of that name. */
  public static Optional<PlantedModel> find(String id) {
    Predicate<Plant> named = plant -> plant.id().equals(id);
    return ALL.stream().filter(named).findFirst().map(PlantedModel::new);
  }
}
