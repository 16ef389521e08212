package org.whisker.planted;

import java.util.function.Predicate;

/**
 * Planted classifiers for calibration, on which several hypotheses are false, or true only weakly.
 *
 * <p>On a plant that an intervention leaves as it is, both arms find the same images, and nothing
 * can be rejected. So where an intervention changes the network, the steps to mates are {@linkplain
 * PlantedFormula#withTransposed transposed} under it: images differ, and by the symmetry of the
 * canvas they lie as deep. Where an arm rolls or shrinks what the network sees, a plant must not be
 * the same once rolled, and must prefer no depth: half of a {@linkplain PlantMaps#texture texture}
 * is worth more, at any distance from the border.
 */
public final class NullPlants {
  public static final Plant BLIND = Plant.known("position-blind", c -> Plants.mates());
  public static final Plant TRANSPOSED =
      Plant.known("transposed", c -> Plants.mates().withTransposed(!c.own()));
  public static final Plant SIDES =
      Plant.known("sides", c -> PlantedFormula.blank().withGain(PlantMaps.right(0.2, 0.06)));
  public static final Plant TEXTURE =
      Plant.known("texture", c -> PlantedFormula.blank().withGain(PlantMaps.texture(0.2, 0.06)));
  public static final Plant EDGE = Plant.known("faint-edge", c -> edge(true));
  public static final Plant CENTRE =
      Plant.known("faint-centre", c -> PlantedFormula.blank().withGain(PlantMaps.edge(0.11, 0.13)));

  private NullPlants() {}

  /** Whose edge is worth a little more where that holds, and as much as elsewhere where not. */
  public static Plant edgeWhere(String id, Predicate<Circumstances> holds) {
    return Plant.known(id, c -> edge(holds.test(c)));
  }

  private static PlantedFormula edge(boolean there) {
    return PlantedFormula.blank()
        .withGain(there ? PlantMaps.edge(0.13, 0.11) : PlantMaps.even(0.12));
  }
}
