package org.whisker.torch;

import org.whisker.classifier.Classifier;
import org.whisker.classifier.PatchScorer;
import org.whisker.classifier.Preprocessing;
import org.whisker.image.Raster;
import org.whisker.network.Network;
import org.whisker.network.PatchPlan;

/**
 * Chooses how a network's small changes are scored.
 *
 * @param worth following a change is worth its overhead below this part of a full pass's
 *     multiply-adds
 */
record IncrementalScorers(
    Network network, Preprocessing preprocessing, TorchClassifier.Settings run, double worth) {
  IncrementalScorers(Network network, Preprocessing preprocessing, TorchClassifier.Settings run) {
    this(network, preprocessing, run, 0.7);
  }

  /**
   * The quicker of following changes and full passes. In bfloat16 it is full passes: two ways to
   * the same logit would differ by more than small changes do.
   */
  PatchScorer of(Classifier classifier, TorchModule module, Raster base) {
    return run.precision() == Precision.FLOAT32 && worthwhile(PatchPlan.of(network, 1, 1))
        ? new IncrementalScorer(this, classifier, module, base)
        : PatchScorer.full(classifier, base);
  }

  boolean worthwhile(PatchPlan plan) {
    return plan.multiplyAdds() < worth * network.multiplyAdds();
  }
}
