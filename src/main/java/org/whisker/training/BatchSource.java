package org.whisker.training;

import java.io.IOException;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;

/**
 * The source of a network's batches: photos, the features that frozen layers computed from them, or
 * photos with a teacher's logits.
 */
interface BatchSource extends AutoCloseable {
  /**
   * Computes what an epoch's batches need beforehand.
   *
   * @param progress receives the number of photos for which that is done
   * @return false if stopped before it was done
   */
  default boolean prepare(int epoch, IntConsumer progress, BooleanSupplier stopped)
      throws IOException {
    return true;
  }

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

  @Override
  default void close() {}
}
