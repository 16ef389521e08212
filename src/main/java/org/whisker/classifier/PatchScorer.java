package org.whisker.classifier;

import java.util.List;
import org.whisker.image.Patch;
import org.whisker.image.Raster;

/**
 * Scores pictures that differ from one base picture in a small rectangle. A classifier whose
 * network is known computes only what such a change can affect; any other uses full passes.
 */
public interface PatchScorer extends AutoCloseable {
  /** The logit of not-cat of the base picture itself. */
  float baseLogit();

  /**
   * Logits of not-cat of the base with each patch over it (one at a time), in their order.
   *
   * @param patches of any sizes; equal sizes are scored together
   * @throws IllegalArgumentException if a patch leaves the canvas
   */
  float[] logits(List<Patch> patches);

  @Override
  void close();

  /** Scores by full passes of any classifier. Closing it leaves the classifier open. */
  static PatchScorer full(Classifier classifier, Raster base) {
    float baseLogit = classifier.logits(List.of(base))[0];
    return new PatchScorer() {
      @Override
      public float baseLogit() {
        return baseLogit;
      }

      @Override
      public float[] logits(List<Patch> patches) {
        return classifier.logits(patches.stream().map(patch -> patch.on(base)).toList());
      }

      @Override
      public void close() {
        // the classifier belongs to its owner
      }
    };
  }
}
