package org.whisker.training;

import java.util.List;
import org.whisker.dataset.CachedPhoto;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.random.SplitMix64;

/**
 * The pictures that teacher and student are shown, each at its own size: in every round one of each
 * photo, which is a view of it or a mixture of that with a view of another photo (see {@link
 * Distillation}). A picture is a function of the options, the round and the photo's number.
 *
 * @param drawn the student's input, at which views are drawn
 * @param mixup share of mixtures
 */
record TaughtViews(
    List<CachedPhoto> photos, Augmentation augmentation, long seed, double mixup, Canvas drawn) {
  /**
   * What is mixed into a photo's view.
   *
   * @param other the number of the other photo
   * @param own the weight of the photo's own view
   */
  record Mixture(int other, float own) {}

  /**
   * A picture at {@code size}, as row-major gray values of 0 to 1.
   *
   * @param round from 0
   */
  float[] picture(int round, int photo, Canvas size) {
    float[] values = view(round, photo, size);
    Mixture mixture = mixture(round, photo);
    if (mixture.other() != photo) {
      float[] other = view(round, mixture.other(), size);
      for (int i = 0; i < values.length; i++) {
        values[i] = mixture.own() * values[i] + (1 - mixture.own()) * other[i];
      }
    }
    return values;
  }

  /** How a photo is mixed in a round; one that is not mixed is mixed with itself. */
  Mixture mixture(int round, int photo) {
    SplitMix64 random = SplitMix64.stream(seed, "mixture " + round, photo);
    return random.nextDouble() < mixup
        ? new Mixture(random.nextInt(photos.size()), random.nextFloat())
        : new Mixture(photo, 1);
  }

  private float[] view(int round, int photo, Canvas size) {
    CachedPhoto seen = photos.get(photo);
    SplitMix64 random = SplitMix64.stream(seed, "view " + round, photo);
    return augmentation.draw(seen.canvas(), drawn, random).of(GrayImage.of(seen), size);
  }

  /** A text of all that pictures depend on beside the photos. */
  String identity() {
    return "%s seed %d mixup %s at %s".formatted(augmentation, seed, mixup, drawn);
  }
}
