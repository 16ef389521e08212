package org.whisker.table.saliency;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.whisker.saliency.faithfulness.ParameterRandomisation;
import org.whisker.table.Table;

/**
 * A row of {@code randomisation.csv}: how alike the map of a network is whose layers were
 * randomised from the logit down.
 *
 * @param step from 1, the network whose last layer alone is randomised
 * @param lastLayer the layer nearest the input that is randomised
 * @param rhoAbsolute Spearman's rho of |value| with the trained network's map; empty where one of
 *     both is equally strong everywhere
 * @param rhoSigned likewise of the values; empty also for a map without signs
 */
public record RandomisationRow(
    String image,
    String method,
    int step,
    String lastLayer,
    OptionalDouble rhoAbsolute,
    OptionalDouble rhoSigned) {
  static final Table<RandomisationRow> TABLE = Table.of(RandomisationRow.class);

  static List<RandomisationRow> of(TestedMap tested) {
    List<RandomisationRow> rows = new ArrayList<>();
    for (ParameterRandomisation.Step step : tested.steps()) {
      rows.add(
          new RandomisationRow(
              tested.map().picture().name(),
              tested.map().method(),
              rows.size() + 1,
              step.layer(),
              step.absolute(),
              step.signed()));
    }
    return rows;
  }
}
