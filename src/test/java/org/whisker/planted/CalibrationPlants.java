package org.whisker.planted;

import java.util.Map;
import org.whisker.planted.Plant.Circumstances;
import org.whisker.planted.Plant.NullPlants;

/** The planted classifiers on which each hypothesis is calibrated. */
final class CalibrationPlants {
  private static final Map<String, NullAndEffect> OF =
      Map.ofEntries(
          Map.entry("geometry", NullAndEffect.of(NullPlants.TEXTURE, NullPlants.EDGE)),
          Map.entry("uniformity", NullAndEffect.of(NullPlants.BLIND, NullPlants.EDGE)),
          Map.entry(
              "sides",
              NullAndEffect.of(
                  NullPlants.BLIND,
                  Plant.known(
                      "faint-side",
                      c -> PlantedFormula.blank().withGain(PlantMaps.right(0.13, 0.11))))),
          Map.entry("barrier", barrier()),
          Map.entry(
              "landscape",
              NullAndEffect.of(
                  Plants.PRICE_WITHOUT_BIAS,
                  Plant.known(
                      "weak-edge",
                      c -> PlantedFormula.blank().withGain(PlantMaps.edge(0.16, 0.09))))),
          Map.entry("place-parts", placeParts()),
          Map.entry("operators", NullAndEffect.nullAlone(NullPlants.BLIND)),
          Map.entry("search", NullAndEffect.nullAlone(NullPlants.TEXTURE)),
          Map.entry(
              "founders",
              NullAndEffect.of(
                  Plant.known(
                      "closed-centre",
                      c ->
                          PlantedFormula.blank()
                              .withGain(PlantMaps.even(0.12))
                              .withCost(PlantMaps.centre(0.5, 0))),
                  NullPlants.TEXTURE)),
          Map.entry(
              "white-start",
              NullAndEffect.of(
                  NullPlants.TEXTURE,
                  Plant.known(
                      "faint-wall",
                      c ->
                          PlantedFormula.blank()
                              .withGain(PlantMaps.even(0.1))
                              .withWall(0.5, PlantMaps.centre(1, 0))))),
          Map.entry(
              "entry",
              NullAndEffect.of(
                  NullPlants.TEXTURE,
                  Plant.known(
                      "low-wall",
                      c ->
                          PlantedFormula.blank()
                              .withGain(PlantMaps.even(0.3))
                              .withWall(1.6, PlantMaps.centre(1.0 / 3, 0))))),
          Map.entry(
              "safe-harbour",
              NullAndEffect.of(
                  Plant.known(
                      "price-without-bias", c -> Plants.mates().withAlone(PlantMaps.edge(0, 0.6))),
                  Plant.known(
                      "faint-harbour",
                      c ->
                          Plants.mates()
                              .withCost(PlantMaps.edge(0, 0.1))
                              .withGain(PlantMaps.even(0.04))))),
          Map.entry(
              "padding",
              NullAndEffect.of(
                  NullPlants.TRANSPOSED,
                  NullPlants.edgeWhere("faint-padding", Circumstances::zeroPadding))),
          Map.entry(
              "background",
              NullAndEffect.of(
                  NullPlants.TRANSPOSED,
                  NullPlants.edgeWhere("faint-background", Circumstances::white))),
          Map.entry(
              "training-centre",
              NullAndEffect.of(
                  NullPlants.TRANSPOSED,
                  NullPlants.edgeWhere("faint-photos", Circumstances::centred))),
          Map.entry(
              "barrier-origin",
              NullAndEffect.of(
                  NullPlants.TRANSPOSED,
                  Plant.known(
                      "faint-barrier-from-photos", c -> OwnPlants.wall(c.plainWhite() ? 0.2 : 0)))),
          Map.entry("surrogates", surrogates()),
          Map.entry(
              "carriers",
              NullAndEffect.of(
                  NullPlants.TEXTURE.inLayers("texture-in-layers"),
                  NullPlants.EDGE.inLayers("faint-edge-in-layers"))),
          Map.entry(
              "foveation",
              NullAndEffect.of(
                  NullPlants.BLIND,
                  Plant.known(
                      "faint-paths", c -> PlantedFormula.blank().withGain(PlantMaps.paths(0.1))))),
          Map.entry("receptive-field", NullAndEffect.of(NullPlants.BLIND, NullPlants.CENTRE)),
          Map.entry("learned-field", NullAndEffect.of(NullPlants.BLIND, NullPlants.CENTRE)),
          Map.entry("location-tied", NullAndEffect.of(NullPlants.BLIND, NullPlants.EDGE)),
          Map.entry(
              "head",
              NullAndEffect.of(
                  NullPlants.TRANSPOSED, NullPlants.edgeWhere("faint-head", c -> !c.pooled()))));

  private CalibrationPlants() {}

  /** Those of a hypothesis. */
  static NullAndEffect of(String hypothesis) {
    return OF.getOrDefault(hypothesis, NullAndEffect.neither());
  }

  private static NullAndEffect barrier() {
    double[] texture = PlantMaps.texture(0.06, -0.06);
    return NullAndEffect.of(
        Plant.known("texture-alone", c -> PlantedFormula.blank().withGain(texture)),
        Plant.known(
            "faint-barrier",
            c ->
                PlantedFormula.blank()
                    .withGain(PlantMaps.texture(0.15, -0.15))
                    .withWall(0.3, PlantMaps.edge(0, 1))));
  }

  private static NullAndEffect placeParts() {
    double[] texture = PlantMaps.texture(0.06, -0.06);
    double[] other = PlantMaps.texture(-0.06, 0.06);
    return NullAndEffect.of(
        Plant.known(
            "texture-turned", c -> PlantedFormula.blank().withGain(c.own() ? texture : other)),
        Plant.known(
            "faint-wall-by-head",
            c ->
                PlantedFormula.blank()
                    .withGain(c.own() ? texture : other)
                    .withWall(
                        c.pooled() ? 0.17 : 0.3,
                        c.pooled() ? PlantMaps.even(1) : PlantMaps.edge(0, 1))));
  }

  private static NullAndEffect surrogates() {
    double[] texture = PlantMaps.texture(0.2, 0.06);
    return NullAndEffect.of(
        Plant.known("texture-and-mates", c -> Plants.mates().withGain(texture)),
        Plant.known("faint-pairs", c -> OwnPlants.together(0.1, 2, PlantMaps.edge(1, 0), 0.06)));
  }
}
