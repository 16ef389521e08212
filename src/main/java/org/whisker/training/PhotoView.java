package org.whisker.training;

import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.whisker.image.Box;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Resample;

/**
 * What an {@link Augmentation} drew for one photo. It is the same view at every size: the same part
 * of the photo, shifted, mirrored, adjusted and erased alike, up to the rounding of a shift and of
 * a rectangle to whole pixels.
 *
 * @param crop the part that is seen, in pixels of the photo
 * @param contrast factor of the difference from the view's mean gray
 * @param brightness added to gray, which is then clamped to 0 to 1
 */
record PhotoView(
    Box crop,
    Optional<MirroredShift> shift,
    boolean mirrored,
    float contrast,
    float brightness,
    Optional<Erased> erased) {
  /**
   * A rectangle of one gray.
   *
   * @param drawn the canvas whose pixels the other numbers count
   */
  record Erased(Canvas drawn, int left, int top, int width, int height, float gray) {
    static Erased draw(Canvas size, RandomGenerator random) {
      int width = (int) (size.width() * (0.1 + 0.3 * random.nextDouble()));
      int height = (int) (size.height() * (0.1 + 0.3 * random.nextDouble()));
      int left = random.nextInt(size.width() - width + 1);
      int top = random.nextInt(size.height() - height + 1);
      return new Erased(size, left, top, width, height, random.nextFloat());
    }

    void paint(float[] values, Canvas size) {
      int from = scaled(left, size.width(), drawn.width());
      int to = scaled(left + width, size.width(), drawn.width());
      int bottom = scaled(top + height, size.height(), drawn.height());
      for (int y = scaled(top, size.height(), drawn.height()); y < bottom; y++) {
        Arrays.fill(values, y * size.width() + from, y * size.width() + to, gray);
      }
    }

    private static int scaled(int place, int side, int drawnSide) {
      return (int) Math.round(place * (double) side / drawnSide);
    }
  }

  /** The view of {@code photo} at {@code size}, as row-major gray values of 0 to 1. */
  float[] of(GrayImage photo, Canvas size) {
    GrayImage seen = Resample.resize(photo, crop, size);
    float[] values = shift.map(by -> by.at(size).of(seen)).orElseGet(seen::values);
    if (mirrored) {
      mirror(values, size.width());
    }
    adjust(values);
    erased.ifPresent(rectangle -> rectangle.paint(values, size));
    return values;
  }

  static void mirror(float[] values, int width) {
    for (int row = 0; row < values.length; row += width) {
      for (int left = row, right = row + width - 1; left < right; left++, right--) {
        float swap = values[left];
        values[left] = values[right];
        values[right] = swap;
      }
    }
  }

  private void adjust(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    float mean = (float) (sum / values.length);
    for (int i = 0; i < values.length; i++) {
      float changed = (values[i] - mean) * contrast + mean + brightness;
      values[i] = Math.min(1f, Math.max(0f, changed));
    }
  }
}
