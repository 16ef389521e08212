package org.whisker.training;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import org.whisker.dataset.PhotoCache.CachedPhoto;
import org.whisker.dataset.PhotoSet.Label;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Resample;

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

  /**
   * SHA-256 of photos: their sizes, pixels and labels, in order, independent of their location on
   * disk.
   */
  static final class PhotoDigest {
    private PhotoDigest() {}

    /**
     * 64 hexadecimal digits.
     *
     * @param text hashed before the photos
     */
    static String of(String text, List<CachedPhoto> photos) {
      MessageDigest digest = newDigest();
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

    private static MessageDigest newDigest() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has SHA-256", e);
      }
    }
  }

  /** Turns photos into batches of gray values and targets. */
  static final class PhotoBatches {
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
}
