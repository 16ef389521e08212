package org.whisker.training;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.random.RandomGenerator;
import org.whisker.dataset.CachedPhoto;
import org.whisker.dataset.Label;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Resample;

/** Turns photos into batches of gray values and targets. */
final class PhotoBatches {
  private final Canvas size;

  PhotoBatches(Canvas size) {
    this.size = size;
  }

  /**
   * Photos ready for a network: n * height * width gray values, and their targets: classes (cat is
   * 0), or a teacher's logits.
   */
  record Batch(FloatBuffer images, List<Float> targets) {
    int size() {
      return targets.size();
    }

    float[] targetArray() {
      float[] array = new float[targets.size()];
      for (int i = 0; i < array.length; i++) {
        array[i] = targets.get(i);
      }
      return array;
    }
  }

  Batch varied(
      List<CachedPhoto> photos,
      Augmentation augmentation,
      double smoothing,
      RandomGenerator random) {
    FloatBuffer images = FloatBuffer.allocate(photos.size() * size.pixels());
    for (CachedPhoto photo : photos) {
      images.put(augmentation.vary(GrayImage.of(photo), size, random));
    }
    return new Batch(images.flip(), targets(photos, smoothing));
  }

  Batch plain(List<CachedPhoto> photos) {
    FloatBuffer images = FloatBuffer.allocate(photos.size() * size.pixels());
    for (CachedPhoto photo : photos) {
      images.put(Resample.shorterSideThenCentreCrop(GrayImage.of(photo), size).values());
    }
    return new Batch(images.flip(), targets(photos, 0));
  }

  /** As {@link #plain}, mirrored left to right. */
  Batch mirrored(List<CachedPhoto> photos) {
    FloatBuffer images = FloatBuffer.allocate(photos.size() * size.pixels());
    for (CachedPhoto photo : photos) {
      float[] values = Resample.shorterSideThenCentreCrop(GrayImage.of(photo), size).values();
      PhotoView.mirror(values, size.width());
      images.put(values);
    }
    return new Batch(images.flip(), targets(photos, 0));
  }

  /** 0 for a cat, 1 for others, moved towards ½ by half of {@code smoothing}. */
  static List<Float> targets(List<CachedPhoto> photos, double smoothing) {
    return photos.stream()
        .map(p -> (float) (p.photo().label() == Label.CAT ? smoothing / 2 : 1 - smoothing / 2))
        .toList();
  }
}
