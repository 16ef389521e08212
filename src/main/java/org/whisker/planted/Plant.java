package org.whisker.planted;

import java.util.function.Function;

/**
 * What is planted.
 *
 * @param id as users type it, and the name of its model
 * @param claim one line: where evidence lies, and why
 * @param formula by what is done to the network, and the background
 * @param paths how many paths lead from each pixel to the last feature map, their mean 1
 * @param opaque whether its layers are not known and it can't be trained again
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, read in inner loops
public record Plant(
    String id,
    String claim,
    Function<Circumstances, PlantedFormula> formula,
    double[] paths,
    boolean opaque) {
  public Plant {
    if (!id.matches("[a-z-]+")) {
      throw new IllegalArgumentException("the id of a plant is in small letters, was " + id);
    }
  }

  /** Whose layers are known, with the paths of a deep network. */
  public static Plant known(
      String id, String claim, Function<Circumstances, PlantedFormula> formula) {
    return new Plant(id, claim, formula, PlantMaps.paths(1), false);
  }

  /** The same, for calibration alone: its id says all. */
  public static Plant known(String id, Function<Circumstances, PlantedFormula> formula) {
    return known(id, id, formula);
  }

  /** That of the network as it is stored, on white. */
  PlantedFormula stored() {
    return formula.apply(Circumstances.stored());
  }
}
