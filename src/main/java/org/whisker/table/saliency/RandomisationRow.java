package org.whisker.table.saliency;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.whisker.saliency.faithfulness.RandomisedStep;
import org.whisker.table.Column;
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
 * @param rolled {@code rhoAbsolute} under toroidal shifts of the network's map
 * @param rhoSmooth rho of |value| of the means under noise (sMPRT); empty where they were not made
 * @param entropy of the histogram of the network's map, in nats
 * @param entropyRise that less the trained network's, as a share of the latter (eMPRT)
 */
public record RandomisationRow(
    String image,
    String method,
    int step,
    String lastLayer,
    OptionalDouble rhoAbsolute,
    OptionalDouble rhoSigned,
    @Column(value = "rho_rolled_", optional = true) @Nullable RolledColumns rolled,
    @Column(optional = true) OptionalDouble rhoSmooth,
    @Column(unit = "nat", optional = true) OptionalDouble entropy,
    @Column(unit = "share", optional = true) OptionalDouble entropyRise) {
  static final Table<RandomisationRow> TABLE = Table.of(RandomisationRow.class);

  static List<RandomisationRow> of(TestedMap tested) {
    List<RandomisationRow> rows = new ArrayList<>();
    for (RandomisedStep step : tested.steps()) {
      rows.add(
          new RandomisationRow(
              tested.map().picture().name(),
              tested.map().method(),
              rows.size() + 1,
              step.layer(),
              step.absolute(),
              step.signed(),
              RolledColumns.of(step.rolled()),
              step.smooth(),
              OptionalDouble.of(step.entropy()),
              step.rise()));
    }
    return rows;
  }
}
