package org.whisker.training;

/** Where a network's batches come from: photos, or what frozen layers made of them. */
interface BatchSource {
  /**
   * A batch to train on.
   *
   * @param photos positions in the list of training photos
   */
  PhotoBatches.Batch training(int epoch, int step, int[] photos);

  /** How many validation photos there are. */
  int validations();

  /** Validation photos as they are, on plain targets. */
  PhotoBatches.Batch validation(int from, int to);
}
