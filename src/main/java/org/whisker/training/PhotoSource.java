package org.whisker.training;

import java.util.Arrays;
import java.util.List;
import org.whisker.dataset.CachedPhoto;
import org.whisker.random.SplitMix64;

/** Batches of photos, augmented differently in each epoch. */
record PhotoSource(
    PhotoBatches batches,
    TrainingOptions options,
    List<CachedPhoto> training,
    List<CachedPhoto> validation)
    implements BatchSource {
  @Override
  public PhotoBatches.Batch training(int epoch, int step, int[] photos) {
    SplitMix64 random = SplitMix64.stream(options.seed(), "augmentation " + epoch, step);
    return batches.varied(
        Arrays.stream(photos).mapToObj(training::get).toList(),
        options.augmentation(),
        options.labelSmoothing(),
        random);
  }

  @Override
  public int validations() {
    return validation.size();
  }

  @Override
  public PhotoBatches.Batch validation(int from, int to) {
    return batches.plain(validation.subList(from, to));
  }
}
