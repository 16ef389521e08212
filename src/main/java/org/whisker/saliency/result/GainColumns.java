package org.whisker.saliency.result;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.whisker.saliency.faithfulness.DeletionInsertion;
import org.whisker.saliency.faithfulness.DeletionInsertion.RelevanceGain;
import org.whisker.table.Column;

/**
 * Symmetric relevance gain of a map: the area between the curves for deletion of the most relevant
 * and of the least relevant pixels first.
 */
public record GainColumns(
    @Column(
            unit = "logit",
            meaning = "area between the curves of the logit of not-cat; above 0 is better")
        double logit,
    @Column(value = "p_cat", meaning = "the gain in p(cat), from -1 to 1") double cat,
    @Column(value = "rolled_", meaning = "the gain in logits under toroidal shifts of the map")
        @Nullable RolledColumns rolled) {
  static @Nullable GainColumns of(Optional<DeletionInsertion> causal) {
    return causal.map(DeletionInsertion::gain).map(GainColumns::of).orElse(null);
  }

  private static GainColumns of(RelevanceGain gain) {
    return new GainColumns(gain.logit(), gain.cat(), RolledColumns.of(gain.rolled()));
  }
}
