package org.whisker.table.saliency;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.whisker.saliency.faithfulness.RandomisedStep;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@code randomisation.csv}: similarity to the map of a network whose layers were
 * randomised successively from the logit down.
 *
 * @param step number of the step, from 1, in which only the last layer is randomised
 * @param lastLayer the randomised layer nearest the input
 * @param rhoAbsolute Spearman's rho of |value| with the trained network's map; empty when |value|
 *     is constant in either map
 * @param rhoSigned likewise of the signed values; also empty for a map without signs
 * @param rolled {@code rhoAbsolute} under toroidal shifts of the randomised network's map
 * @param rhoSmooth rho of |value| of maps averaged over noisy inputs (sMPRT); empty when it was not
 *     computed
 * @param entropy entropy of the histogram of the randomised network's map, in nats
 * @param entropyRise relative rise of the entropy over that of the trained network's map (eMPRT)
 */
public record RandomisationRow(
    String image,
    String method,
    int step,
    String lastLayer,
    OptionalDouble rhoAbsolute,
    OptionalDouble rhoSigned,
    @Column(value = "rho_rolled_") @Nullable RolledColumns rolled,
    OptionalDouble rhoSmooth,
    @Column(unit = "nat") OptionalDouble entropy,
    @Column(unit = "share") OptionalDouble entropyRise) {
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
