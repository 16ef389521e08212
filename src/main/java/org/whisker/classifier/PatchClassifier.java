package org.whisker.classifier;

import org.whisker.image.Raster;

/** A classifier that can score small changes of one picture faster than by full passes. */
public interface PatchClassifier extends Classifier {
  /**
   * A scorer of small changes of {@code base}, equal to full passes up to rounding. It must be
   * closed before this classifier.
   *
   * @throws IllegalArgumentException for a picture of another size
   */
  PatchScorer patches(Raster base);

  /** The fastest scorer that a classifier has. */
  static PatchScorer best(Classifier classifier, Raster base) {
    return classifier instanceof PatchClassifier quick
        ? quick.patches(base)
        : PatchScorer.full(classifier, base);
  }
}
