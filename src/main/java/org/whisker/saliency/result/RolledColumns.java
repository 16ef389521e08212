package org.whisker.saliency.result;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.whisker.saliency.faithfulness.RolledNull;
import org.whisker.table.Column;

/** Null distribution of a measure of a map: its values for the map under toroidal shifts. */
public record RolledColumns(
    @Column(meaning = "mean of the measure over the shifted maps") double mean,
    @Column(meaning = "lower end of the central 95 % of the shifted maps") double low,
    @Column(meaning = "upper end of these") double high,
    @Column(
            unit = "probability",
            meaning = "one-sided p-value: how often a shifted map does at least as well")
        double p) {
  static @Nullable RolledColumns of(Optional<RolledNull> rolled) {
    return rolled
        .map(r -> new RolledColumns(r.mean(), r.middle().low(), r.middle().high(), r.p()))
        .orElse(null);
  }
}
