package org.whisker.training;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import org.whisker.classifier.Sha256;
import org.whisker.dataset.PhotoCache.CachedPhoto;
import org.whisker.dataset.PhotoSet.Label;
import org.whisker.image.Canvas;
import org.whisker.image.PlanarImage;
import org.whisker.image.Resample;

/**
 * The photos of a training.
 *
 * @param size the size of the network's input
 * @param planes in which they are shown: 1 for their gray, 3 for their colours
 */
record TrainingData(
    List<CachedPhoto> training, List<CachedPhoto> validation, Canvas size, int planes) {
  int photos() {
    return training.size() + validation.size();
  }

  PhotoBatches batches() {
    return new PhotoBatches(size, planes);
  }

  /** A digest that depends on the photos, not on their location. */
  String digest() {
    return photoDigest("training", training) + photoDigest("validation", validation);
  }

  /**
   * SHA-256 of photos in 64 hexadecimal digits: their sizes, pixels and labels, in order,
   * independent of their location on disk.
   *
   * @param text hashed before the photos
   */
  static String photoDigest(String text, List<CachedPhoto> photos) {
    MessageDigest digest = Sha256.newDigest();
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    for (CachedPhoto photo : photos) {
      int width = photo.canvas().width();
      int height = photo.canvas().height();
      int label = photo.photo().label().classIndex();
      digest.update(ByteBuffer.allocate(12).putInt(width).putInt(height).putInt(label).flip());
      digest.update(photo.bytes());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Turns photos into batches of values and targets. */
  static final class PhotoBatches {
    private final Canvas size;
    private final int planes;

    PhotoBatches(Canvas size, int planes) {
      this.size = size;
      this.planes = planes;
    }

    /**
     * Photos ready for a network.
     *
     * @param size n, how many they are
     * @param images n * planes * height * width values
     * @param targets n classes (cat is 0), or n rows of a teacher's outputs
     */
    record Batch(int size, FloatBuffer images, FloatBuffer targets) {}

    Batch varied(
        List<CachedPhoto> photos,
        Augmentation augmentation,
        double smoothing,
        RandomGenerator random) {
      FloatBuffer images = empty(photos);
      for (CachedPhoto photo : photos) {
        images.put(augmentation.of(photo).vary(shown(photo), size, random));
      }
      return new Batch(photos.size(), images.flip(), targets(photos, smoothing));
    }

    Batch plain(List<CachedPhoto> photos) {
      FloatBuffer images = empty(photos);
      for (CachedPhoto photo : photos) {
        images.put(Resample.shorterSideThenCentreCrop(shown(photo), size).values());
      }
      return new Batch(photos.size(), images.flip(), targets(photos, 0));
    }

    /** A batch as {@link #plain} makes it, mirrored left to right. */
    Batch mirrored(List<CachedPhoto> photos) {
      FloatBuffer images = empty(photos);
      for (CachedPhoto photo : photos) {
        float[] values = Resample.shorterSideThenCentreCrop(shown(photo), size).values();
        PhotoView.mirror(values, size.width());
        images.put(values);
      }
      return new Batch(photos.size(), images.flip(), targets(photos, 0));
    }

    private FloatBuffer empty(List<CachedPhoto> photos) {
      return FloatBuffer.allocate(photos.size() * planes * size.pixels());
    }

    private PlanarImage shown(CachedPhoto photo) {
      return PlanarImage.from(photo).in(planes);
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
}
