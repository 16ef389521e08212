package org.whisker.saliency.result;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.whisker.saliency.faithfulness.CausalCurve;
import org.whisker.table.Column;

/** The summary of a deletion or insertion curve. */
public record CausalColumns(
    @Column(
            unit = "logit",
            meaning =
                "area under the curve of the logit of not-cat over the share of "
                    + "pixels changed")
        double aucLogit,
    @Column(
            unit = "logit",
            meaning =
                "lower end of the central 95 % of areas for random orders, up to " + "random_high")
        double randomLow,
    @Column(unit = "logit") double randomHigh,
    @Column(
            unit = "probability",
            meaning = "one-sided p-value: how often a random order does at least as well")
        double p,
    @Column(value = "auc_p_cat", unit = "probability", meaning = "area under the curve of p(cat)")
        double aucPCat,
    @Column(value = "rolled_", meaning = "the area in logits under toroidal shifts of the map")
        @Nullable RolledColumns rolled) {
  static @Nullable CausalColumns of(Optional<CausalCurve> curve) {
    return curve.map(CausalColumns::of).orElse(null);
  }

  private static CausalColumns of(CausalCurve curve) {
    CausalCurve.Series logit = curve.logit();
    return new CausalColumns(
        logit.auc(),
        logit.randomAuc().low(),
        logit.randomAuc().high(),
        logit.p(),
        curve.cat().auc(),
        RolledColumns.of(logit.rolled()));
  }
}
