package org.whisker.training;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.whisker.dataset.PhotoCache.CachedPhoto;
import org.whisker.random.SplitMix64;
import org.whisker.torch.TrainableNetwork;
import org.whisker.training.FeatureFiles.FeatureCache;
import org.whisker.training.TrainingData.PhotoBatches;
import org.whisker.training.TrainingTask.TrainingOptions;

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

  /**
   * Batches of the frozen layers' features of each photo or, every other time, of its mirror image.
   * There is no other augmentation: it would have to pass through the frozen layers.
   */
  record FeatureSource(
      FeatureCache trainingFeatures,
      FeatureCache validationFeatures,
      TrainingOptions options,
      List<CachedPhoto> training,
      List<CachedPhoto> validation)
      implements BatchSource {
    @Override
    public PhotoBatches.Batch training(int epoch, int step, int[] photos) {
      SplitMix64 random = SplitMix64.stream(options.seed(), "mirror " + epoch, step);
      FloatBuffer rows = FloatBuffer.allocate(photos.length * trainingFeatures.length());
      for (int photo : photos) {
        rows.put(trainingFeatures.row(photo, random.nextBoolean()));
      }
      List<CachedPhoto> chosen = Arrays.stream(photos).mapToObj(training::get).toList();
      return new PhotoBatches.Batch(
          photos.length, rows.flip(), PhotoBatches.targets(chosen, options.labelSmoothing()));
    }

    @Override
    public int validations() {
      return validation.size();
    }

    @Override
    public PhotoBatches.Batch validation(int from, int to) {
      FloatBuffer rows = FloatBuffer.allocate((to - from) * validationFeatures.length());
      IntStream.range(from, to).forEach(i -> rows.put(validationFeatures.row(i, false)));
      return new PhotoBatches.Batch(
          to - from, rows.flip(), PhotoBatches.targets(validation.subList(from, to), 0));
    }
  }

  /** Accuracy and mean binary cross-entropy on photos without augmentation (centre crops). */
  record Validation(double accuracy, double loss) {
    static Validation of(TrainableNetwork net, BatchSource source, int batch) {
      int photos = source.validations();
      int right = 0;
      double loss = 0;
      for (int from = 0; from < photos; from += batch) {
        PhotoBatches.Batch some = source.validation(from, Math.min(photos, from + batch));
        float[] logits = net.logits(some.images(), some.size());
        for (int i = 0; i < logits.length; i++) {
          boolean notCat = some.targets().get(i) > 0.5f;
          right += (logits[i] > 0) == notCat ? 1 : 0;
          loss += softplus(notCat ? -logits[i] : logits[i]);
        }
      }
      return new Validation(right / (double) photos, loss / photos);
    }

    private static double softplus(double z) {
      return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
    }
  }
}
