package org.whisker.training;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** The full batches of an epoch, each made when it is asked for. */
final class EpochBatches implements Iterator<EpochBatches.Ready> {
  private final BatchSource source;
  private final int epoch;
  private final int[] photos;
  private final int batch;
  private int step;

  /**
   * A batch that is made.
   *
   * @param step its number in the epoch, from 0
   */
  record Ready(int step, PhotoBatches.Batch batch) {}

  /**
   * Photos that do not fill a last batch are left out.
   *
   * @param photos their numbers, in the order of this epoch
   */
  EpochBatches(BatchSource source, int epoch, int[] photos, int batch) {
    this.source = source;
    this.epoch = epoch;
    this.photos = photos.clone();
    this.batch = batch;
  }

  @Override
  public boolean hasNext() {
    return step < photos.length / batch;
  }

  @Override
  public Ready next() {
    if (!hasNext()) {
      throw new NoSuchElementException("an epoch of " + step + " batches");
    }
    int[] some = Arrays.copyOfRange(photos, step * batch, (step + 1) * batch);
    try {
      return new Ready(step, source.training(epoch, step++, some));
    } catch (RuntimeException e) {
      throw new IllegalStateException("preparing a batch failed: " + e, e);
    }
  }
}
