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

  /**
   * Whether a single small change is scored so much sooner than the whole picture that this is
   * worth a pass that keeps the maps. That depends on the network and the device, never on how long
   * something took.
   */
  default boolean gainsByKeptMaps() {
    return false;
  }

  /** The fastest scorer that a classifier has. */
  static PatchScorer best(Classifier classifier, Raster base) {
    return classifier instanceof PatchClassifier quick
        ? quick.patches(base)
        : PatchScorer.full(classifier, base);
  }
}
