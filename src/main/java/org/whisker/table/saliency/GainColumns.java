package org.whisker.table.saliency;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.whisker.saliency.faithfulness.DeletionInsertion;
import org.whisker.saliency.faithfulness.RelevanceGain;
import org.whisker.table.Column;

/**
 * Symmetric relevance gain of a map: the area between the curves for deletion of the most relevant
 * and of the least relevant pixels first.
 *
 * @param logit area between the curves of the logit of not-cat; above 0 is better
 * @param cat likewise of p(cat), from -1 to 1
 * @param rolled the gain in logits under toroidal shifts of the map
 */
public record GainColumns(
    @Column(unit = "logit") double logit,
    @Column("p_cat") double cat,
    @Column("rolled_") @Nullable RolledColumns rolled) {
  static @Nullable GainColumns of(Optional<DeletionInsertion> causal) {
    return causal.map(DeletionInsertion::gain).map(GainColumns::of).orElse(null);
  }

  private static GainColumns of(RelevanceGain gain) {
    return new GainColumns(gain.logit(), gain.cat(), RolledColumns.of(gain.rolled()));
  }
}
