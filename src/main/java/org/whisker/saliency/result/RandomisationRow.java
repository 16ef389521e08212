package org.whisker.saliency.result;

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
 */
public record RandomisationRow(
    String image,
    String method,
    @Column(meaning = "number of the step, from 1, in which only the last layer is " + "randomised")
        int step,
    @Column(meaning = "the randomised layer nearest the input") String lastLayer,
    @Column(
            meaning =
                "Spearman's rho of |value| with the trained network's map; empty when "
                    + "|value| is constant in either map")
        OptionalDouble rhoAbsolute,
    @Column(meaning = "rho of the signed values; also empty for a map without signs")
        OptionalDouble rhoSigned,
    @Column(
            value = "rho_rolled_",
            meaning = "rho_absolute under toroidal shifts of the randomised network's map")
        FaithfulnessRow.@Nullable Rolled rolled,
    @Column(
            meaning =
                "rho of |value| of maps averaged over noisy inputs (sMPRT); empty "
                    + "when it was not computed")
        OptionalDouble rhoSmooth,
    @Column(
            unit = "nat",
            meaning = "entropy of the histogram of the randomised network's map, in nats")
        OptionalDouble entropy,
    @Column(
            unit = "share",
            meaning =
                "relative rise of the entropy over that of the trained network's map " + "(eMPRT)")
        OptionalDouble entropyRise) {
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
              FaithfulnessRow.Rolled.of(step.rolled()),
              step.smooth(),
              OptionalDouble.of(step.entropy()),
              step.rise()));
    }
    return rows;
  }
}
