package org.whisker.table.saliency;

import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.whisker.saliency.faithfulness.Infidelity;
import org.whisker.table.Column;

/**
 * Infidelity of a map: the mean squared error, in logits², of its predictions of the change of the
 * logit when squares are occluded.
 *
 * @param infidelity infidelity of the unscaled map
 * @param standardError standard error of the infidelity, over the squares
 * @param ofZeroMap infidelity of a map of zeros
 * @param scale the optimal scale factor of the map; empty when all of its predictions are 0
 * @param scaled infidelity of the map times that factor
 */
public record InfidelityColumns(
    @Column(unit = "squared logit") double infidelity,
    @Column(value = "infidelity_se", unit = "squared logit") double standardError,
    @Column(value = "infidelity_of_zero_map", unit = "squared logit") double ofZeroMap,
    @Column("infidelity_scale") OptionalDouble scale,
    @Column(value = "infidelity_scaled", unit = "squared logit") double scaled) {
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
