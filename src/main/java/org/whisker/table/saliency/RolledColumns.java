package org.whisker.table.saliency;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.whisker.saliency.faithfulness.RolledNull;
import org.whisker.table.Column;

/**
 * Null distribution of a measure of a map: its values for the map under toroidal shifts.
 *
 * @param mean mean of the measure over the shifted maps
 * @param low lower end of the central 95 % of the shifted maps
 * @param high upper end of these
 * @param p one-sided p-value: how often a shifted map does at least as well
 */
public record RolledColumns(
    double mean, double low, double high, @Column(unit = "probability") double p) {
  static @Nullable RolledColumns of(Optional<RolledNull> rolled) {
    return rolled
        .map(r -> new RolledColumns(r.mean(), r.middle().low(), r.middle().high(), r.p()))
        .orElse(null);
  }
}
