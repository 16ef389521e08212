package org.whisker.boundary;

import java.util.Optional;
import org.whisker.classifier.Classifier;

/**
 * The result of a search from one start.
 *
 * @param startPixels black pixels of the start
 * @param startLogit its logit of not-cat
 * @param target the p(cat) to reach
 * @param flips pixels changed one by one until the start reached it, or until the search gave up
 * @param evaluations number of pictures scored, including the proof's
 * @param found the set, and the logits without each of its pixels; empty if the search gave up
 */
public record MinimalSet(
    int startPixels,
    float startLogit,
    double target,
    int flips,
    long evaluations,
    Optional<Removals> found) {
  public double startProbability() {
    return Classifier.catProbability(startLogit);
  }
}
