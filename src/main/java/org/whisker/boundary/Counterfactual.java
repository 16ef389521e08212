package org.whisker.boundary;

import java.util.List;
import java.util.Optional;
import org.whisker.image.BlackPixels;

/**
 * How few flips turned a cat of two tones into something else.
 *
 * @param cat the picture
 * @param greedyFlips flips made one by one until it crossed, or until the search gave up
 * @param evaluations pictures scored, the proof's included
 * @param found the flips, with each of them undone; empty when the search gave up
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

  /** What a flip does by itself: logit of not-cat after it minus before. */
  public float deltaAlone(int i) {
    return alone.get(i) - cat.logit();
  }
}
