package org.whisker.boundary;

import java.util.List;
import java.util.Optional;
import org.whisker.image.BlackPixels;

/**
 * The smallest set of flips found after which a two-tone cat is no longer classified as one.
 *
 * @param cat the picture
 * @param greedyFlips flips made one by one until it crossed, or until the search gave up
 * @param evaluations number of pictures scored, including the proof's
 * @param found the flips, and the logits with each of them undone; empty if the search gave up
 * @param alone the logit of not-cat with each flip made alone, in the flips' order
 */
public record Counterfactual(
    Binarised cat, int greedyFlips, long evaluations, Optional<Removals> found, List<Float> alone) {
  public Counterfactual {
    alone = List.copyOf(alone);
    int flips = found.map(proof -> proof.pixels().count()).orElse(0);
    if (alone.size() != flips) {
      throw new IllegalArgumentException(alone.size() + " logits for " + flips + " flips");
    }
  }

  /** The flipped pixels; none when the search gave up. */
  public BlackPixels flips() {
    return found.map(Removals::pixels).orElse(BlackPixels.none(cat.image().canvas()));
  }

  /** The picture after them. */
  public BlackPixels after() {
    return FlipLogits.flipped(cat.image(), flips());
  }

  /** The effect of a single flip: the logit of not-cat after it minus before. */
  public float deltaAlone(int i) {
    return alone.get(i) - cat.logit();
  }
}
