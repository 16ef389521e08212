package org.whisker.torch;

import org.whisker.classifier.Classifier;
import org.whisker.classifier.PatchScorer;
import org.whisker.classifier.Preprocessing;
import org.whisker.image.Raster;
import org.whisker.network.Network;
import org.whisker.network.PatchPlan;

/**
 * Chooses how small changes of a network's input are scored.
 *
 * @param worth incremental scoring is worth its overhead below this fraction of a full pass's
 *     multiply-adds
 */
record IncrementalScorers(
    Network network, Preprocessing preprocessing, TorchClassifier.Settings run, double worth) {
  IncrementalScorers(Network network, Preprocessing preprocessing, TorchClassifier.Settings run) {
    this(network, preprocessing, run, 0.7);
  }

  /**
   * The faster of incremental scoring and full passes. In bfloat16, always full passes: the two
   * ways of computing a logit would differ by more than the effect of a small change.
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
