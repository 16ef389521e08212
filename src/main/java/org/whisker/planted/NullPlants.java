package org.whisker.planted;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * For each hypothesis a plant on which it is false and one on which it is true, weakly enough that
 * its power can be less than 1.
 *
 * <p>On a plant that an intervention leaves as it is, both arms find the same images, and nothing
 * can be rejected. So where an intervention changes the network, the steps to mates are {@linkplain
 * PlantedFormula#withTransposed transposed} under it: images differ, and by the symmetry of the
 * canvas they lie as deep. For {@code founders} there is no such plant: how far a released search
 * gets is not a property of a formula. Where an arm rolls or shrinks what the network sees, a plant
 * must not be the same once rolled, and must prefer no depth: half of a {@linkplain
 * PlantMaps#texture texture} is worth more, at any distance from the border.
 */
final class NullPlants {
  private static final Plant BLIND = plant("position-blind", c -> Plants.mates());
  private static final Plant TRANSPOSED =
      plant("transposed", c -> Plants.mates().withTransposed(!c.own()));
  private static final Plant SIDES =
      plant("sides", c -> Plants.blank().withGain(PlantMaps.right(0.2, 0.06)));
  private static final Plant TEXTURE =
      plant("texture", c -> Plants.blank().withGain(PlantMaps.texture(0.2, 0.06)));
  private static final Plant EDGE = plant("faint-edge", c -> edge(true));
  private static final Plant CENTRE =
      plant("faint-centre", c -> Plants.blank().withGain(PlantMaps.edge(0.11, 0.13)));
  private static final Plant TILES =
      plant("faint-tiles", c -> Plants.blank().withGain(PlantMaps.tiles(0.13, 0.11)));

  private static final Map<String, Case> CASES =
      Map.ofEntries(
          Map.entry("geometry", both(TEXTURE, EDGE)),
          Map.entry("operators", none(BLIND)),
          Map.entry("search", none(TEXTURE)),
          Map.entry(
              "safe-harbour",
              both(
                  plant(
                      "price-without-bias", c -> Plants.mates().withAlone(PlantMaps.edge(0, 0.6))),
                  plant(
                      "faint-harbour",
                      c ->
                          Plants.mates()
                              .withPrice(PlantMaps.edge(0, 0.1))
                              .withGain(PlantMaps.even(0.04))))),
          Map.entry(
              "landscape",
              both(
                  plant("tiles-alone", c -> Plants.mates().withAlone(PlantMaps.tiles(0.3, 0.9))),
                  TILES)),
          Map.entry("padding", both(TRANSPOSED, changed("faint-padding", c -> c.zeroPadding()))),
          Map.entry("background", both(TRANSPOSED, changed("faint-background", c -> c.white()))),
          Map.entry("training-centre", both(TRANSPOSED, changed("faint-photos", c -> c.centred()))),
          Map.entry("head", both(TRANSPOSED, changed("faint-head", c -> !c.pooled()))),
          Map.entry("canvas-border", both(TEXTURE, EDGE)),
          Map.entry(
              "foveation",
              both(
                  BLIND, plant("faint-paths", c -> Plants.blank().withGain(PlantMaps.paths(0.1))))),
          Map.entry("receptive-field", both(BLIND, CENTRE)),
          Map.entry("learned-field", both(BLIND, CENTRE)),
          Map.entry("location-tied", both(BLIND, EDGE)),
          Map.entry(
              "stride-parity",
              both(
                  BLIND,
                  plant(
                      "faint-columns",
                      c -> Plants.blank().withGain(PlantMaps.columns(0.14, 0.11))))),
          Map.entry("uniformity", both(BLIND, EDGE)),
          Map.entry(
              "sides",
              both(
                  BLIND,
                  plant("faint-side", c -> Plants.blank().withGain(PlantMaps.right(0.13, 0.11))))),
          Map.entry("resize", none(SIDES)));

  private NullPlants() {}

  /**
   * The plants of a hypothesis.
   *
   * @param none on which it is false; empty where there is no such plant
   * @param some on which it is true
   */
  record Case(Optional<Plant> none, Optional<Plant> some) {}

  /** Those of a hypothesis; none where the table has no line for it. */
  static Case of(String hypothesis) {
    return CASES.getOrDefault(hypothesis, new Case(Optional.empty(), Optional.empty()));
  }

  private static Case both(Plant none, Plant some) {
    return new Case(Optional.of(none), Optional.of(some));
  }

  private static Case none(Plant none) {
    return new Case(Optional.of(none), Optional.empty());
  }

  private static Plant changed(String id, Function<Circumstances, Boolean> edge) {
    return plant(id, c -> edge(edge.apply(c)));
  }

  private static PlantedFormula edge(boolean there) {
    return Plants.blank().withGain(there ? PlantMaps.edge(0.13, 0.11) : PlantMaps.even(0.12));
  }

  private static Plant plant(String id, Function<Circumstances, PlantedFormula> formula) {
    return new Plant(id, id, formula, PlantMaps.paths(1), false);
  }
}
