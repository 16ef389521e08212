package org.whisker.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.whisker.dataset.PhotoCache;
import org.whisker.dataset.PhotoCache.CachedPhoto;
import org.whisker.dataset.PhotoSet.Label;
import org.whisker.dataset.PhotoSet.Photo;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.random.SplitMix64;

/** Photos that lie nowhere: cats, then others, 36 × 34 pixels, noisy. */
final class MemoryPhotos {
  private MemoryPhotos() {}

  static List<CachedPhoto> of(int cats, int others) throws IOException {
    List<Photo> photos = new ArrayList<>();
    for (int i = 0; i < cats + others; i++) {
      photos.add(new Photo(Path.of("photo" + i), i < cats ? Label.CAT : Label.NOT_CAT, "memory"));
    }
    return PhotoCache.decode(photos, MemoryPhotos::picture, 1, done -> {}).photos();
  }

  private static GrayImage picture(Path file) {
    SplitMix64 random = SplitMix64.stream(5, file.toString(), 0);
    double gray = random.nextDouble();
    float[] values = new float[36 * 34];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.min(1, Math.max(0, gray + 0.4 * (random.nextDouble() - 0.5)));
    }
    return new GrayImage(new Canvas(36, 34), values);
  }
}
