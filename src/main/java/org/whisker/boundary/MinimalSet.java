package org.whisker.boundary;

import java.util.Optional;
import org.whisker.classifier.Classifier;

/**
 * What a search from one start came to.
 *
 * @param startPixels black pixels of the start
 * @param startLogit its logit of not-cat
 * @param target the p(cat) to reach
 * @param flips pixels changed, one by one, until the start reached it; or until the search gave up
 * @param evaluations pictures scored, the proof's included
 * @param found the set, with each of its pixels left out; empty when the search gave up
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
