package org.whisker.training;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.whisker.dataset.CachedPhoto;
import org.whisker.image.Canvas;

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
}
