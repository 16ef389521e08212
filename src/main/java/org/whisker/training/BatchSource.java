package org.whisker.training;

/**
 * The source of a network's batches: photos, or the features that frozen layers computed from them.
 */
interface BatchSource {
  /**
   * A batch to train on.
   *
   * @param photos positions in the list of training photos
   */
  PhotoBatches.Batch training(int epoch, int step, int[] photos);

  /** How many validation photos there are. */
  int validations();

  /** Validation photos without augmentation, with unsmoothed targets. */
  PhotoBatches.Batch validation(int from, int to);
}
