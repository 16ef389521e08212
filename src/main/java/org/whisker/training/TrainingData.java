package org.whisker.training;

import java.util.List;
import org.whisker.dataset.CachedPhoto;
import org.whisker.image.Canvas;

/**
 * The photos of a training.
 *
 * @param size of the network's input
 */
record TrainingData(List<CachedPhoto> training, List<CachedPhoto> validation, Canvas size) {
  int photos() {
    return training.size() + validation.size();
  }

  PhotoBatches batches() {
    return new PhotoBatches(size);
  }

  /** A digest that depends on the photos, not on their location. */
  String digest() {
    return PhotoDigest.of("training", training) + PhotoDigest.of("validation", validation);
  }
}
