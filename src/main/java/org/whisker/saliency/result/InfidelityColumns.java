package org.whisker.saliency.result;

import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.whisker.saliency.faithfulness.Infidelity;
import org.whisker.table.Column;

/**
 * Infidelity of a map: the mean squared error, in logits², of its predictions of the change of the
 * logit when squares are occluded.
 */
public record InfidelityColumns(
    @Column(unit = "squared logit", meaning = "infidelity of the unscaled map") double infidelity,
    @Column(
            value = "infidelity_se",
            unit = "squared logit",
            meaning = "standard error of the infidelity, over the squares")
        double standardError,
    @Column(
            value = "infidelity_of_zero_map",
            unit = "squared logit",
            meaning = "infidelity of a map of zeros")
        double ofZeroMap,
    @Column(
            value = "infidelity_scale",
            meaning =
                "the optimal scale factor of the map; empty when all of its " + "predictions are 0")
        OptionalDouble scale,
    @Column(
            value = "infidelity_scaled",
            unit = "squared logit",
            meaning = "infidelity of the map times that factor")
        double scaled) {
  static @Nullable InfidelityColumns of(Optional<Infidelity> of) {
    return of.map(
            i ->
                new InfidelityColumns(
                    i.value(), i.standardError(), i.ofZeroMap(), i.scale(), i.scaled()))
        .orElse(null);
  }

  /**
   * The scaled infidelity relative to that of a map of zeros; empty when no square changed the
   * logit.
   */
  public OptionalDouble relative() {
    return ofZeroMap == 0 ? OptionalDouble.empty() : OptionalDouble.of(scaled / ofZeroMap);
  }
}
