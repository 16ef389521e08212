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
   * Photos ready for a network.
   *
   * @param size n, how many they are
   * @param images n * height * width gray values
   * @param targets n classes (cat is 0), or n rows of a teacher's outputs
   */
  record Batch(int size, FloatBuffer images, FloatBuffer targets) {}

  Batch varied(
      List<CachedPhoto> photos,
      Augmentation augmentation,
      double smoothing,
      RandomGenerator random) {
    FloatBuffer images = FloatBuffer.allocate(photos.size() * size.pixels());
    for (CachedPhoto photo : photos) {
      images.put(augmentation.vary(GrayImage.of(photo), size, random));
    }
    return new Batch(photos.size(), images.flip(), targets(photos, smoothing));
  }

  Batch plain(List<CachedPhoto> photos) {
    FloatBuffer images = FloatBuffer.allocate(photos.size() * size.pixels());
    for (CachedPhoto photo : photos) {
      images.put(Resample.shorterSideThenCentreCrop(GrayImage.of(photo), size).values());
    }
    return new Batch(photos.size(), images.flip(), targets(photos, 0));
  }

  /** A batch as {@link #plain} makes it, mirrored left to right. */
  Batch mirrored(List<CachedPhoto> photos) {
    FloatBuffer images = FloatBuffer.allocate(photos.size() * size.pixels());
    for (CachedPhoto photo : photos) {
      float[] values = Resample.shorterSideThenCentreCrop(GrayImage.of(photo), size).values();
      PhotoView.mirror(values, size.width());
      images.put(values);
    }
    return new Batch(photos.size(), images.flip(), targets(photos, 0));
  }

  /** 0 for a cat, 1 for others, moved towards ½ by half of {@code smoothing}. */
  static FloatBuffer targets(List<CachedPhoto> photos, double smoothing) {
    FloatBuffer targets = FloatBuffer.allocate(photos.size());
    for (CachedPhoto photo : photos) {
      boolean cat = photo.photo().label() == Label.CAT;
      targets.put((float) (cat ? smoothing / 2 : 1 - smoothing / 2));
    }
    return targets.flip();
  }
}
