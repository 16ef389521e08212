package org.whisker.table.saliency;

import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.whisker.saliency.faithfulness.Infidelity;
import org.whisker.table.Column;

/**
 * How badly a map predicts what hidden squares do to the logit: a mean squared error.
 *
 * @param infidelity of the map as it is
 * @param standardError of that, over the squares
 * @param ofZeroMap what a map of zeros gets
 * @param scale the factor with which the map predicts best; empty where it predicts 0 always
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

  /** As a share of what a map of zeros gets; empty where no square changed the logit. */
  public OptionalDouble relative() {
    return ofZeroMap == 0 ? OptionalDouble.empty() : OptionalDouble.of(scaled / ofZeroMap);
  }
}
