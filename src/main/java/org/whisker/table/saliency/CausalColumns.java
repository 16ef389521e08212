package org.whisker.table.saliency;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.whisker.saliency.faithfulness.CausalCurve;
import org.whisker.table.Column;

/**
 * What a deletion or insertion curve comes to.
 *
 * @param aucLogit area under the logit of not-cat over the share of pixels changed
 * @param randomLow from here to {@code randomHigh} lie the areas of 95 % of random orders
 * @param p one-sided: how often a random order does at least as well
 * @param aucPCat area under p(cat)
 * @param rolled the area in logits under toroidal shifts of the map
 */
public record CausalColumns(
    @Column(unit = "logit") double aucLogit,
    @Column(unit = "logit") double randomLow,
    @Column(unit = "logit") double randomHigh,
    double p,
    @Column(value = "auc_p_cat", unit = "probability") double aucPCat,
    @Column(value = "rolled_", optional = true) @Nullable RolledColumns rolled) {
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
